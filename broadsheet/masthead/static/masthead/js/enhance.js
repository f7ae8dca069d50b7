/* What scripts add to pages that work without them: the menu closes, embeds load on demand, galleries get buttons. */

import { closeMenus } from "./menu.js";
import { offerPlayers } from "./embed.js";
import { addGalleryButtons } from "./gallery.js";

closeMenus(document);
offerPlayers(document);
addGalleryButtons(document);
