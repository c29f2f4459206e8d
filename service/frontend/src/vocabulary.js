// The service's own vocabulary, for the editor's completion. No other site is ever asked.
//
// The document at the URL is JSON:
//   {"prefixes": {"gm": "https://…/gm#", …},
//    "terms": [{"prefix": "gm", "name": "Source", "label": "Source", "kind": "class"}, …]}
// where kind is "class" or "property".

const NOTHING = { prefixes: {}, terms: [] };

/** A function that reads the vocabulary once, when it is first called; without one, or while the
 * service cannot be reached, there is none and completion goes on with what the query holds. */
export function readVocabulary(url) {
  let reading;
  return () => (reading ??= url ? fetchVocabulary(url) : Promise.resolve(NOTHING));
}

async function fetchVocabulary(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    return answer.ok ? { ...NOTHING, ...(await answer.json()) } : NOTHING;
  } catch {
    return NOTHING;
  }
}
