// Marks in the editor where the text may be at fault.
//
// The editor's own grammar does not know all that the engine takes, so what it finds is advice and
// never stops a query. What the service itself found in the text as it was sent is a fault, and
// stays marked until the text changes.

import { syntaxTree } from "@codemirror/language";
import { linter } from "@codemirror/lint";

const MOST = 5; // one slip makes the grammar doubt all that follows
const PAUSE = 600; // milliseconds after the last key

/** The marks of an editor for the text area `field`. */
export function advise(field) {
  const sent = field.defaultValue;
  return linter(
    ({ state }) => {
      const fault = serviceFault(field, state.doc);
      if (fault && state.doc.toString() === sent) return [fault];
      return grammarDoubts(state);
    },
    { delay: PAUSE },
  );
}

function serviceFault({ dataset }, document) {
  const number = Number(dataset.errorLine);
  if (!(number >= 1 && number <= document.lines)) return null;
  const line = document.line(number);
  const column = Number(dataset.errorColumn) || 1;
  const from = Math.min(line.from + column - 1, line.to);
  return {
    from,
    to: line.to,
    severity: "error",
    message: dataset.errorMessage || "The service cannot read the query from here on.",
  };
}

function grammarDoubts(state) {
  const doubts = [];
  syntaxTree(state).iterate({
    enter(node) {
      if (node.type.isError && doubts.length < MOST) {
        doubts.push({
          from: node.from,
          to: Math.min(Math.max(node.to, node.from + 1), state.doc.length),
          severity: "warning",
          message: "The editor does not follow here. The service decides when you run the query.",
        });
      }
    },
  });
  return doubts;
}
