// What the editor offers while one types: variables of the query, names of the vocabulary,
// prefixes and the language's words. A name brings its PREFIX line along where that is missing.

import { syntaxTree } from "@codemirror/language";

const WORDS = [
  "ASK", "ASC", "AS", "AVG", "BASE", "BIND", "BOUND", "BY", "COALESCE", "CONCAT", "CONSTRUCT",
  "CONTAINS", "COUNT", "DATATYPE", "DESC", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "FROM",
  "FROM NAMED", "GRAPH", "GROUP BY", "GROUP_CONCAT", "HAVING", "IF", "IN", "IRI", "LANG",
  "LANGMATCHES", "LCASE", "LIMIT", "MAX", "MIN", "MINUS", "NOT EXISTS", "NOT IN", "OFFSET",
  "OPTIONAL", "ORDER BY", "PREFIX", "REDUCED", "REGEX", "REPLACE", "SAMPLE", "SELECT", "STR",
  "STRAFTER", "STRBEFORE", "STRENDS", "STRSTARTS", "SUBSTR", "SUM", "UCASE", "UNDEF", "UNION",
  "VALUES", "WHERE", "YEAR",
].map((label) => ({ label, type: "keyword" }));

const DECLARATION = /\bPREFIX\s+([\w.-]*):\s*<([^>]*)>/gi;
const SILENT = new Set(["Comment", "String", "IriRef"]); // places where nothing is offered

/** A completion source over a vocabulary that is read at the first need. */
export function complete(vocabulary) {
  return async (context) => {
    if (SILENT.has(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const word = context.matchBefore(/[?$]\w*|[A-Za-z][\w.-]*(?::[\w.-]*)?/);
    if (!word && !context.explicit) return null;

    const text = context.state.doc.toString();
    const { prefixes, terms } = await vocabulary();
    return {
      from: word?.from ?? context.pos,
      validFor: /^[?$]?[\w:.-]*$/,
      options: [
        ...variables(text, word?.text),
        ...names(text, prefixes, terms),
        ...WORDS,
      ],
    };
  };
}

function variables(text, typed) {
  const found = new Set(text.match(/[?$]\w+/g));
  found.delete(typed);
  return [...found].map((label) => ({ label, type: "variable", boost: 1 }));
}

/** Names as the query abbreviates them, or as the service does where the query does not. */
function names(text, prefixes, terms) {
  const declared = new Map();
  for (const [, prefix, namespace] of text.matchAll(DECLARATION)) declared.set(namespace, prefix);

  const option = (prefix, local, more) => {
    const namespace = prefixes[prefix];
    const known = declared.get(namespace);
    const label = `${known ?? prefix}:${local}`;
    const missing = known === undefined ? `PREFIX ${prefix}: <${namespace}>\n` : "";
    return { label, apply: insert(label, missing), ...more };
  };
  return [
    ...Object.keys(prefixes).map((prefix) => option(prefix, "", { type: "namespace" })),
    ...terms.map(({ prefix, name, label, kind }) => option(prefix, name, { detail: label, type: kind })),
  ];
}

/** Puts the name in, and above the query the declaration that it needs. */
function insert(name, declaration) {
  return (view, completion, from, to) => {
    view.dispatch({
      changes: [
        { from: 0, insert: declaration },
        { from, to, insert: name },
      ],
      selection: { anchor: declaration.length + from + name.length },
      userEvent: "input.complete",
    });
  };
}
