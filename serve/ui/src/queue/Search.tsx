import { useEffect, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { ConsignmentPage, Passage } from "../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { format, go } from "../router";
import { containerNumber, hsCode, moment, searchTerm } from "../text/format";
import { REASON, ROLE, VERDICT } from "../text/words";

const WAITS = {
  analysis: "being analysed",
  declaration: "waits for its declaration",
  entry_scan: "waits for its entry scan",
} as const;

/** What is known of a container or a declaration, with links to its cases. */
export function Search({ client, text }: { client: Client; text: string }) {
  const [found, setFound] = useState<ConsignmentPage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useShortcuts({ Escape: () => go({ screen: "queue", state: "open" }) });

  useEffect(() => {
    const term = searchTerm(text);
    if (term === null) return;
    client.search(term).then(setFound, (error: unknown) => setFailure(messageOf(error)));
  }, [client, text]);

  const nothing =
    found !== null && found.consignments.length + found.passages_without_declaration.length === 0;
  return (
    <main className="search-results" data-testid="search-results">
      <h1>
        Search <span className="number">{text}</span>
      </h1>
      {failure !== null && (
        <p role="alert" className="failure">
          {failure}
        </p>
      )}
      {nothing && <p className="waiting">Nothing is known of it.</p>}
      {found?.consignments.map((consignment) => (
        <section key={consignment.id} className="panel">
          <h2>
            Declaration <span className="number">{consignment.declaration.number}</span>
            <small>
              {consignment.declaration.regime} · received {moment(consignment.received_at)}
            </small>
          </h2>
          <p className="quiet-text">
            {consignment.declaration.items
              .map((item) => `${hsCode(item.hs_code)} ${item.description}`)
              .join(" · ")}
          </p>
          <Passages passages={consignment.passages} />
        </section>
      ))}
      {found !== null && found.passages_without_declaration.length > 0 && (
        <section className="panel">
          <h2>Without a declaration</h2>
          <Passages passages={found.passages_without_declaration} />
        </section>
      )}
    </main>
  );
}

function Passages({ passages }: { passages: Passage[] }) {
  if (passages.length === 0) return <p className="quiet-text">No scan yet.</p>;
  return (
    <ul className="passages">
      {passages.map((passage) => (
        <li key={passage.id}>
          <span className={`role ${passage.role}`}>{ROLE[passage.role]}</span>
          <span className="number">{containerNumber(passage.container_number)}</span>
          <span>{passage.site}</span>
          <span className="quiet-text">{moment(passage.created_at)}</span>
          <Outcome passage={passage} />
        </li>
      ))}
    </ul>
  );
}

function Outcome({ passage }: { passage: Passage }) {
  const { decision, waiting_for: waits } = passage;
  if (decision === null) return <span>{waits === null ? "no decision yet" : WAITS[waits]}</span>;
  if (decision.outcome === "auto_clear") {
    return <span className="verdict-tag clear">Auto-cleared</span>;
  }
  return (
    <>
      {decision.final_outcome === null ? (
        <span className="verdict-tag refer">Referred</span>
      ) : (
        <span className={`verdict-tag ${decision.final_outcome}`}>
          {VERDICT[decision.final_outcome]}
        </span>
      )}
      <span>
        {decision.reasons
          .filter((reason) => reason.refers)
          .map((reason) => REASON[reason.code])
          .join(", ")}
      </span>
      {decision.case_id !== null && (
        <a href={format({ screen: "case", id: decision.case_id })}>Open the case</a>
      )}
    </>
  );
}
