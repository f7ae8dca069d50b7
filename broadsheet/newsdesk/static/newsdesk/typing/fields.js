// The fields of a form as they would be sent, and what of them counts as typed.

const NOT_KEPT = new Set(["csrfmiddlewaretoken", "next", "typing_id"]);
const GIVEN_BY_THE_SERVER = /^(loaded_revision_|overwrite_revision_id)|-(id|INITIAL_FORMS)$/;

// Return [name, value] of every field but files and what belongs to the session.
export function fieldsOf(data) {
  return [...data.entries()].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
}

// Return what was typed or chosen as one text, to be compared; numbers that the server gives are left out.
export function fingerprint(fields) {
  return JSON.stringify(fields.filter(([name]) => !GIVEN_BY_THE_SERVER.test(name)));
}

// Return the words of a field as a person wrote them: rich text is kept as JSON.
export function wordsOf(value) {
  try {
    const content = JSON.parse(value);
    if (Array.isArray(content?.blocks)) return content.blocks.map((block) => block.text).join("\n");
  } catch {
    return value;
  }
  return value;
}
