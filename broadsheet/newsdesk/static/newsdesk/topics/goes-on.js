// Sends the form that moves the next stories, again and again, while the page is open.

const form = document.querySelector("form[data-goes-on]");
form?.requestSubmit();
