import { useEffect, useRef, useState } from "react";
import type { Client } from "../api/client";
import type { CaseState, CaseSummary } from "../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { format, go } from "../router";
import { age, containerNumber } from "../text/format";
import { REASON, ROLE, STATE, VERDICT } from "../text/words";
import { byCode } from "./reasons";
import { useNow, useQueue } from "./useQueue";

const STATES: readonly CaseState[] = ["open", "locked", "closed"];

interface QueueProps {
  client: Client;
  state: CaseState;
  keysActive: boolean;
}

export function Queue({ client, state, keysActive }: QueueProps) {
  const { loaded, failure, readMore } = useQueue(client, state);
  const now = useNow();
  const cases = loaded?.cases ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = Math.max(
    0,
    cases.findIndex((one) => one.id === chosenId),
  );
  const rows = useRef<HTMLTableSectionElement>(null);

  const choose = (index: number) => {
    const one = cases[Math.max(0, Math.min(cases.length - 1, index))];
    if (one !== undefined) setChosenId(one.id);
  };
  const open = () => {
    const one = cases[chosen];
    if (one !== undefined) go({ screen: "case", id: one.id });
  };
  useShortcuts(
    {
      j: () => choose(chosen + 1),
      k: () => choose(chosen - 1),
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: open,
      "1": () => go({ screen: "queue", state: "open" }),
      "2": () => go({ screen: "queue", state: "locked" }),
      "3": () => go({ screen: "queue", state: "closed" }),
    },
    keysActive,
  );
  useEffect(() => {
    if (chosenId === null) return;
    // The focus follows, so that it is read out and Enter opens the link.
    rows.current?.querySelector<HTMLElement>("[aria-current=true] a")?.focus();
  }, [chosenId]);

  return (
    <main className="queue" data-testid="queue">
      <nav className="tabs" aria-label="Cases by state">
        {STATES.map((one) => (
          <a
            key={one}
            href={format({ screen: "queue", state: one })}
            aria-current={one === state ? "page" : undefined}
            data-testid={`tab-${one}`}
          >
            {STATE[one]}
            {one === "open" && loaded !== null && <b>{loaded.openCount}</b>}
          </a>
        ))}
        <span className="spacer" />
        {failure !== null && (
          <span role="alert" className="failure">
            {failure}
          </span>
        )}
      </nav>
      <div className="table-scroll">
        <table aria-label={`${STATE[state]} cases`}>
          <thead>
            <tr>
              <th scope="col">{state === "closed" ? "Verdict" : "Waiting"}</th>
              <th scope="col">Container</th>
              <th scope="col">Passage</th>
              <th scope="col">Why it was referred</th>
              <th scope="col">Declaration</th>
              <th scope="col">{state === "closed" ? "Closed" : "With"}</th>
            </tr>
          </thead>
          <tbody ref={rows}>
            {cases.map((one, index) => (
              <Row key={one.id} one={one} selected={index === chosen} now={now} />
            ))}
          </tbody>
        </table>
        {loaded === null && failure === null && <p className="waiting">Reading the queue…</p>}
        {loaded !== null && cases.length === 0 && (
          <p className="waiting" data-testid="queue-empty">
            {state === "open" ? "Nothing waits for an analyst." : "None."}
          </p>
        )}
        {loaded?.more && (
          <button type="button" className="more" onClick={readMore}>
            Show more
          </button>
        )}
      </div>
    </main>
  );
}

function Row({ one, selected, now }: { one: CaseSummary; selected: boolean; now: number }) {
  const open = () => go({ screen: "case", id: one.id });
  return (
    // The row only widens the link's target for the mouse; keys use the link, or j, k and Enter.
    <tr
      aria-current={selected ? "true" : undefined}
      onClick={open}
      data-testid="case-row"
      data-case={one.id}
      data-container={one.container_number}
    >
      <td className="age">
        {one.verdict === null ? (
          age(one.opened_at, now)
        ) : (
          <span className={`verdict-tag ${one.verdict}`}>{VERDICT[one.verdict]}</span>
        )}
      </td>
      <td>
        <a className="number" href={format({ screen: "case", id: one.id })}>
          {containerNumber(one.container_number)}
        </a>
      </td>
      <td>
        <span className={`role ${one.role}`}>{ROLE[one.role]}</span>
        <span className="site">{one.site}</span>
      </td>
      <td>
        <ul className="reasons">
          {byCode(one.reasons).map(([code, said]) => (
            <li
              key={code}
              className={said.some((reason) => reason.refers) ? "refers" : "warns"}
              title={said.map((reason) => reason.detail).join("\n")}
            >
              {REASON[code]}
            </li>
          ))}
        </ul>
      </td>
      <td className="number quiet-text">{one.declaration_number ?? "none"}</td>
      <td className="quiet-text">
        {one.state === "closed" && one.closed_at !== null
          ? `${age(one.closed_at, now)} ago`
          : (one.locked_by ?? "")}
      </td>
    </tr>
  );
}
