// The fields of a form as they would be sent, and what of them counts as typed.

const NOT_KEPT = new Set(["csrfmiddlewaretoken", "next", "typing_id"]);
const GIVEN_BY_THE_SERVER = /^(loaded_revision_|overwrite_revision_id)|-(id|INITIAL_FORMS)$/;

// Return [name, value] of every field but files and what belongs to the session.
export function fieldsOf(data) {
  return [...data.entries()].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
}

// Return what was typed or chosen as one text, to be compared. Left out is what nobody typed: numbers that the server
// gives, and how rich text is spelled as JSON, which its editor does anew a moment after it has appeared.
export function fingerprint(fields) {
  const typed = fields.filter(([name]) => !GIVEN_BY_THE_SERVER.test(name));
  return JSON.stringify(typed.map(([name, value]) => [name, spelled(value)]));
}

function spelled(value) {
  const content = richText(value);
  if (!content) return value;
  return content.blocks.map(({ text, type, depth, inlineStyleRanges, entityRanges }) => {
    const styles = (inlineStyleRanges ?? []).map(({ offset, length, style }) => [offset, length, style]);
    const entities = (entityRanges ?? []).map(({ offset, length, key }) => [offset, length, content.entityMap?.[key]]);
    return [text, type, depth, styles, entities];
  });
}

// Return the content of a rich text field (https://draftjs.org/docs/api-reference-data-conversion), else null.
function richText(value) {
  if (!value.startsWith("{")) return null;
  try {
    const content = JSON.parse(value);
    return Array.isArray(content?.blocks) ? content : null;
  } catch {
    return null;
  }
}

// Return the words of a field as a person wrote them: rich text is kept as JSON.
export function wordsOf(value) {
  return richText(value)?.blocks.map((block) => block.text).join("\n") ?? value;
}
