import { type RefObject, useState } from "react";
import type { Case, FinalOutcome, MarkedRegion } from "../api/types";
import { moment } from "../text/format";
import { VERDICT } from "../text/words";
import type { Hold } from "./useCase";

export const OUTCOMES: readonly (readonly [FinalOutcome, string, string])[] = [
  ["clear", "c", "The container may go on."],
  ["examine", "e", "Officers open it; marked regions show them where."],
  ["rescan", "s", "The picture does not allow a judgement."],
];

interface VerdictPanelProps {
  opened: Case;
  hold: Hold;
  chosen: FinalOutcome | null;
  marks: readonly MarkedRegion[];
  commentField: RefObject<HTMLTextAreaElement | null>;
  failure: string | null;
  busy: boolean;
  onChoose: (outcome: FinalOutcome) => void;
  onMarks: (marks: MarkedRegion[]) => void;
  onMarkView: () => void;
  onMarkMachine: () => void;
  onGive: (comment: string) => void;
}

export function VerdictPanel(props: VerdictPanelProps) {
  const { opened, hold } = props;
  return (
    <section className="panel verdict" aria-label="Verdict" data-testid="verdict">
      <h2>Verdict</h2>
      {hold === "mine" ? <Form {...props} /> : <Standing opened={opened} hold={hold} />}
    </section>
  );
}

function Standing({ opened, hold }: { opened: Case; hold: Hold }) {
  if (hold === "closed") {
    return (
      <>
        {opened.verdicts.map((verdict) => (
          <article key={verdict.id} className="given">
            <p>
              <span className={`verdict-tag ${verdict.verdict}`}>{VERDICT[verdict.verdict]}</span>{" "}
              {verdict.analyst}, {moment(verdict.given_at)}
            </p>
            {verdict.comment !== "" && <blockquote>{verdict.comment}</blockquote>}
          </article>
        ))}
      </>
    );
  }
  const text = {
    taking: "Taking the case…",
    others: `Locked by ${opened.locked_by ?? "another analyst"}: to be read only. It opens here as soon as it is given back.`,
    reader: "Your role reads cases and gives no verdicts.",
  }[hold as "taking" | "others" | "reader"];
  return (
    <p className="quiet-text" data-testid="read-only">
      {text}
    </p>
  );
}

function Form(props: VerdictPanelProps) {
  const { chosen, marks, busy } = props;
  const [comment, setComment] = useState("");
  const give = () => {
    if (chosen !== null && !busy) props.onGive(comment.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          give();
        }
      }}
    >
      <div className="outcomes" role="radiogroup" aria-label="Verdict">
        {OUTCOMES.map(([outcome, key, meaning]) => (
          <label key={outcome} className={`outcome ${outcome}`} title={meaning}>
            <input
              type="radio"
              name="verdict"
              value={outcome}
              checked={chosen === outcome}
              onChange={() => props.onChoose(outcome)}
              data-testid={`verdict-${outcome}`}
            />
            <span>{VERDICT[outcome]}</span>
            <kbd>{key}</kbd>
          </label>
        ))}
      </div>
      {chosen === "examine" && <Marks {...props} />}
      <textarea
        ref={props.commentField}
        value={comment}
        maxLength={4000}
        rows={2}
        onChange={(event) => setComment(event.target.value)}
        aria-label="Comment"
        placeholder="Comment"
        data-testid="comment"
      />
      <div className="give">
        <button
          type="submit"
          className={`primary ${chosen ?? ""}`}
          disabled={chosen === null || busy}
          data-testid="give-verdict"
        >
          {chosen === null ? "Choose a verdict" : `Give verdict: ${VERDICT[chosen]}`}
        </button>
        <span className="quiet-text">
          {marks.length > 0 && chosen !== "examine" ? "Marked regions go with “Examine” only." : ""}
        </span>
      </div>
      {props.failure !== null && (
        <p role="alert" className="failure">
          {props.failure}
        </p>
      )}
    </form>
  );
}

function Marks({ marks, onMarks, onMarkView, onMarkMachine }: VerdictPanelProps) {
  return (
    <div className="marks" data-testid="marks">
      <p className="quiet-text">
        {marks.length === 0 ? "Draw rectangles on the picture, or mark " : "Mark also "}
        <button type="button" className="link" onClick={onMarkView}>
          what is shown
        </button>
        {", "}
        <button type="button" className="link" onClick={onMarkMachine} data-testid="mark-machine">
          the regions found
        </button>
        .
      </p>
      <ol>
        {marks.map((mark, index) => (
          <li key={mark.box_px.join(" ")}>
            <input
              value={mark.note}
              maxLength={500}
              placeholder="Note for the officers"
              aria-label={`Note of mark ${index + 1}`}
              onChange={(event) => {
                const note = event.target.value;
                onMarks(marks.map((one, at) => (at === index ? { ...one, note } : one)));
              }}
            />
            <button
              type="button"
              className="quiet"
              aria-label={`Remove mark ${index + 1}`}
              onClick={() => onMarks(marks.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
