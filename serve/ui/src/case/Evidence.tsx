/** What speaks for and against: reasons, factors, goods, seals, weights, faults. */
import type { ReactNode } from "react";
import type { Case, Comparison, Declaration, Fault, NearestImage, ScanInfo } from "../api/types";
import { difference, hsCode, kilograms, score, scoreParts } from "../text/format";
import { CHECK, COMPARISON, FACTOR, FACTORS, FAULT, REASON } from "../text/words";
import { compareSeals, type SealLine } from "./seals";

interface PanelProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  testId?: string;
}

function Panel({ title, aside, children, testId }: PanelProps) {
  return (
    <section className="panel" aria-label={title} data-testid={testId}>
      <h2>
        {title}
        {aside !== undefined && <small>{aside}</small>}
      </h2>
      {children}
    </section>
  );
}

export function Reasons({ opened }: { opened: Case }) {
  return (
    <Panel title="Why it was referred" testId="reasons">
      <ul className="grounds">
        {opened.reasons.map((reason) => (
          <li
            key={`${reason.code} ${reason.detail}`}
            className={reason.refers ? "refers" : "warns"}
            data-reason={reason.code}
          >
            <strong>{REASON[reason.code]}</strong>
            <span>{reason.detail}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Factors({ comparison }: { comparison: Comparison }) {
  const seen = comparison.visible_fraction;
  const notes = [
    `sameness ${score(comparison.same_score)}`,
    seen === null ? "" : `${Math.round(100 * seen)} % visible`,
    comparison.mirrored ? "driven the other way" : "",
  ];
  return (
    <Panel
      title="Entry against exit"
      aside={COMPARISON[comparison.verdict] ?? comparison.verdict}
      testId="factors"
    >
      <dl className="factors">
        {FACTORS.map((factor) => {
          const found = comparison.factors[factor];
          return (
            <div key={factor} className={found?.finding ? "finding" : ""}>
              <dt title={FACTOR[factor].asks}>{FACTOR[factor].name}</dt>
              <dd>
                <meter
                  min={0}
                  max={1}
                  value={found?.score ?? 0}
                  aria-label={`${FACTOR[factor].name}, score`}
                />
                <span className="number">{score(found?.score)}</span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="quiet-text">{notes.filter((note) => note !== "").join(" · ")}</p>
    </Panel>
  );
}

interface GoodsProps {
  declaration: Declaration | null;
  opened: Case;
}

export function Goods({ declaration, opened }: GoodsProps) {
  const container = declaration?.containers.find((one) => one.number === opened.container_number);
  const items = (declaration?.items ?? []).filter(
    (item) => item.container_number == null || item.container_number === opened.container_number,
  );
  return (
    <Panel
      title="Declaration"
      aside={declaration === null ? undefined : `${declaration.number} · ${declaration.regime}`}
      testId="declaration"
    >
      {declaration === null && <p className="quiet-text">No declaration is registered.</p>}
      {declaration !== null && items.length === 0 && (
        <p>{container?.declared_empty ? "Declared empty." : "No goods item."}</p>
      )}
      {items.length > 0 && (
        <table className="goods">
          <thead>
            <tr>
              <th scope="col">HS code</th>
              <th scope="col">Goods</th>
              <th scope="col" className="right">
                Net
              </th>
              <th scope="col" className="right">
                Packages
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={`${item.hs_code} ${item.description} ${item.net_mass_kg}`}>
                <td className="number">{hsCode(item.hs_code)}</td>
                <td>{item.description}</td>
                <td className="number right">{kilograms(item.net_mass_kg)}</td>
                <td className="number right">{item.packages ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

export function Check({ opened }: { opened: Case }) {
  const check = opened.decision.check;
  if (check === null) return null;
  const declared = new Set(check.declared.map((code) => code.hs));
  const lines = [
    ...check.declared,
    ...check.candidates.filter((candidate) => !declared.has(candidate.hs)),
  ].slice(0, 5);
  const notes = [
    check.unexplained_fraction === null
      ? ""
      : `${Math.round(100 * check.unexplained_fraction)} % of the cargo not explained`,
    check.empty_score === null ? "" : `emptiness ${score(check.empty_score)}`,
  ];
  return (
    <Panel
      title="Scan against declaration"
      aside={CHECK[check.verdict] ?? check.verdict}
      testId="check"
    >
      <dl className="factors codes">
        {lines.map((code) => (
          <div
            key={code.hs}
            className={declared.has(code.hs) ? "declared" : ""}
            title={scoreParts(code)}
          >
            <dt className="number">{hsCode(code.hs) || "empty"}</dt>
            <dd>
              <meter min={0} max={1} value={code.score} aria-label={`${code.hs}, score`} />
              <span className="number">{score(code.score)}</span>
              <small>{declared.has(code.hs) ? "declared" : ""}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet-text">{notes.filter((note) => note !== "").join(" · ")}</p>
    </Panel>
  );
}

export function Seals({ opened }: { opened: Case }) {
  const { lines, columns } = compareSeals(opened.seals, opened.role);
  const differs = lines.some((line) => line.some((cell) => cell.differs));
  return (
    <Panel title="Seals" aside={differs ? "differ" : undefined} testId="seals">
      {lines.length === 0 ? (
        <p className="quiet-text">None declared, none read.</p>
      ) : (
        <table className="facts">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <SealRow key={line.map((cell) => cell.seal).join(" ")} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function SealRow({ line }: { line: SealLine }) {
  return (
    <tr>
      {line.map(({ seal, differs }, index) => (
        <td key={index} className={differs ? "number differs" : "number"}>
          {seal === null ? <em>{differs ? "missing" : "–"}</em> : seal}
        </td>
      ))}
    </tr>
  );
}

/** Beyond this the policy refers; here it only colours the figure. */
const WEIGHT_TOLERANCE = 0.05;

export function Weights({ opened }: { opened: Case }) {
  const declared =
    opened.declaration?.containers.find((one) => one.number === opened.container_number)
      ?.gross_mass_kg ?? null;
  const rows: [string, number | null][] = [
    ["Declared gross", declared],
    ...(opened.entry_scan === null
      ? []
      : ([["At entry", opened.entry_scan.gross_mass_kg]] as [string, number | null][])),
    [
      opened.entry_scan === null ? "Weighed" : "At exit",
      opened.scan === null ? null : opened.scan.gross_mass_kg,
    ],
  ];
  return (
    <Panel title="Weight" testId="weights">
      <table className="facts">
        <tbody>
          {rows.map(([name, mass], index) => (
            <tr key={name} className={index > 0 && isOff(mass, declared) ? "differs" : ""}>
              <th scope="row">{name}</th>
              <td className="number right">{kilograms(mass)}</td>
              <td className="number right">{index > 0 ? difference(mass, declared) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function isOff(mass: number | null, declared: number | null): boolean {
  if (mass === null || declared === null) return false;
  return Math.abs(mass - declared) > WEIGHT_TOLERANCE * declared;
}

export function Nearest({ nearest }: { nearest: readonly NearestImage[] }) {
  return (
    <Panel title="Nearest standard images" testId="nearest">
      {nearest.length === 0 ? (
        <p className="quiet-text">The library has none to show.</p>
      ) : (
        <ul className="thumbnails">
          {nearest.map((image) => (
            <li key={image.entry_id}>
              <img src={image.image_url} alt={`Goods of ${hsCode(image.hs)}`} />
              <span className="number">{hsCode(image.hs) || "empty"}</span>
              <small className="number" title="Similarity">
                {score(image.similarity)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function Faults({ opened }: { opened: Case }) {
  const lines = [
    ...faultsOf("Entry", opened.entry_scan),
    ...faultsOf(opened.entry_scan === null ? "Scan" : "Exit", opened.scan),
  ];
  if (lines.length === 0) return null;
  return (
    <Panel title="Picture quality" testId="faults">
      <ul className="grounds">
        {lines.map(({ where, fault }) => (
          <li key={`${where} ${fault.code} ${fault.detail}`} className={fault.severity}>
            <strong>
              {where}: {FAULT[fault.code]}
              <small>{fault.severity}</small>
            </strong>
            <span>{fault.detail}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function faultsOf(where: string, scan: ScanInfo | null): { where: string; fault: Fault }[] {
  return (scan?.faults ?? []).map((fault) => ({ where, fault }));
}
