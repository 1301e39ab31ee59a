import { useMemo, useRef, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { BoxPx, Case, FinalOutcome, MarkedRegion, ScanInfo, Session } from "../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { useNow } from "../queue/useQueue";
import { go } from "../router";
import { age, containerNumber } from "../text/format";
import { ROLE, STATE, VERDICT } from "../text/words";
import { shownRect, toPixels, toPlane } from "../viewer/frame";
import { type Side, useViewing } from "../viewer/useViewing";
import { Check, Factors, Faults, Goods, Nearest, Reasons, Seals, Weights } from "./Evidence";
import { type Layers, overlaysOf, placesOf } from "./overlays";
import { Pictures } from "./Pictures";
import { PRESETS, Toolbar } from "./Toolbar";
import { type Hold, useCase } from "./useCase";
import { scansOf, usePicture, useSides } from "./usePictures";
import { useFlicker } from "./useFlicker";
import { useStacked } from "./useStacked";
import { VerdictPanel } from "./VerdictPanel";

interface CaseScreenProps {
  client: Client;
  id: string;
  session: Session;
  keysActive: boolean;
  onNotice: (text: string) => void;
}

const BACK = () => go({ screen: "queue", state: "open" });

export function CaseScreen({ client, id, session, keysActive, onNotice }: CaseScreenProps) {
  const { opened, hold, failure, finish } = useCase(client, id, session.role);
  useShortcuts({ Escape: BACK }, keysActive && opened === null);
  if (opened === null) {
    return (
      <main className="case-waiting">
        {failure === null ? (
          <p className="waiting">Opening the case…</p>
        ) : (
          <p role="alert" className="failure">
            {failure}
          </p>
        )}
      </main>
    );
  }
  const give = async (verdict: FinalOutcome, comment: string, regions: MarkedRegion[]) => {
    await client.giveVerdict({
      case_id: id,
      decision_id: opened.decision.id,
      verdict,
      comment,
      regions,
    });
    finish();
    onNotice(`${containerNumber(opened.container_number)}: ${VERDICT[verdict]}`);
    BACK();
  };
  return (
    <OpenCase
      client={client}
      opened={opened}
      hold={hold}
      failure={failure}
      keysActive={keysActive}
      onGive={give}
    />
  );
}

interface OpenCaseProps {
  client: Client;
  opened: Case;
  hold: Hold;
  failure: string | null;
  keysActive: boolean;
  onGive: (verdict: FinalOutcome, comment: string, regions: MarkedRegion[]) => Promise<void>;
}

function OpenCase({ client, opened, hold, failure, keysActive, onGive }: OpenCaseProps) {
  const scans = useMemo(() => scansOf(opened), [opened]);
  const loading = {
    entry: usePicture(client, scans.entry?.id ?? null),
    exit: usePicture(client, scans.exit?.id ?? null),
  };
  const [turned, setTurned] = useState(opened.decision.comparison?.mirrored ?? false);
  const sides = useSides(
    scans,
    { entry: loading.entry.picture, exit: loading.exit.picture },
    turned,
  );
  const viewing = useViewing(sides);
  const [stacked, setStacked] = useStacked();
  const flicker = useFlicker();
  const [layers, setLayers] = useState<Layers>({ changes: true, goods: false, container: false });
  const [marks, setMarks] = useState<MarkedRegion[]>(() => marksGiven(opened));
  const [chosen, setChosen] = useState<FinalOutcome | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const commentField = useRef<HTMLTextAreaElement>(null);
  const places = useMemo(() => placesOf(opened), [opened]);
  const pair = scans.entry !== undefined && scans.exit !== undefined;
  const mine = hold === "mine";

  const toggle = (layer: keyof Layers) => setLayers((on) => ({ ...on, [layer]: !on[layer] }));
  const choose = (outcome: FinalOutcome) => {
    if (!mine) return;
    setChosen(outcome);
    if (outcome === "examine") viewing.setTool("mark");
    else commentField.current?.focus();
  };
  const visit = (step: number) => {
    if (places.length === 0) return;
    const at = places.findIndex((one) => one.id === place);
    const next =
      places[at < 0 ? (step > 0 ? 0 : places.length - 1) : mod(at + step, places.length)];
    const frame = next && sides[next.side]?.frame;
    if (next === undefined || frame === undefined) return;
    setLayers((on) => ({ ...on, [next.id.startsWith("goods") ? "goods" : "changes"]: true }));
    setPlace(next.id);
    viewing.show(toPlane(next.box, frame));
  };
  const mark = (scan: ScanInfo, box: BoxPx) => {
    const made: MarkedRegion = { scan_id: scan.id, box_px: rounded(box), note: "" };
    setMarks((before) => (before.some((one) => sameBox(one, made)) ? before : [...before, made]));
    setChosen("examine");
  };
  const markView = () => {
    const frame = sides.exit?.frame;
    const pane = viewing.paneSize.current;
    const box = frame && toPixels(shownRect(viewing.view, pane.width / pane.height), frame);
    if (box && scans.exit !== undefined) mark(scans.exit, box);
  };
  const markMachine = () => {
    for (const { side, box } of places) {
      const scan = scans[side];
      if (scan !== undefined) mark(scan, box);
    }
  };
  const give = async (comment: string) => {
    if (chosen === null) return;
    setBusy(true);
    setRefusal(null);
    try {
      await onGive(chosen, comment, chosen === "examine" ? marks : []);
    } catch (error) {
      setRefusal(messageOf(error));
      setBusy(false);
    }
  };
  useShortcuts(
    {
      i: () => viewing.setInvert((on) => !on),
      r: viewing.reset,
      f: viewing.fitNext,
      w: () => viewing.setTool("window"),
      p: () => viewing.setTool("pan"),
      a: () => mine && viewing.setTool("mark"),
      g: () => toggle("changes"),
      k: () => toggle("goods"),
      b: () => toggle("container"),
      m: () => setTurned((on) => !on),
      l: () => setStacked(!stacked),
      x: flicker.toggle,
      z: flicker.change,
      n: () => visit(1),
      N: () => visit(-1),
      "+": () => viewing.zoom(1.25),
      "=": () => viewing.zoom(1.25),
      "-": () => viewing.zoom(0.8),
      ArrowLeft: () => viewing.pan(-0.15, 0),
      ArrowRight: () => viewing.pan(0.15, 0),
      ArrowUp: () => viewing.pan(0, -0.15),
      ArrowDown: () => viewing.pan(0, 0.15),
      c: () => choose("clear"),
      e: () => choose("examine"),
      s: () => choose("rescan"),
      Escape: () => leaveFieldOr(BACK),
      ...Object.fromEntries(
        PRESETS.map(([preset], index) => [String(index + 1), () => viewing.applyPreset(preset)]),
      ),
    },
    keysActive,
  );

  const overlays = (side: Side) => {
    const scan = scans[side];
    return scan === undefined ? [] : overlaysOf(side, opened, scan, layers, marks, place);
  };

  return (
    <main className={`case ${stacked && pair ? "stacked" : "side"}`} data-testid="case">
      <CaseHeader opened={opened} hold={hold} failure={failure} />
      <Toolbar
        tool={viewing.tool}
        invert={viewing.invert}
        layers={layers}
        turned={turned}
        stacked={stacked}
        flickering={flicker.on !== null}
        pair={pair}
        mayMark={mine}
        onTool={viewing.setTool}
        onPreset={viewing.applyPreset}
        onInvert={() => viewing.setInvert((on) => !on)}
        onFit={viewing.fitNext}
        onReset={viewing.reset}
        onLayer={toggle}
        onTurn={() => setTurned((on) => !on)}
        onStack={() => setStacked(!stacked)}
        onFlicker={flicker.toggle}
      />
      <div
        className={pair ? `pictures pair ${flicker.on === null ? "" : "flicker"}` : "pictures"}
        data-front={flicker.on ?? undefined}
      >
        <Pictures
          scans={scans}
          loading={loading}
          sides={sides}
          viewing={viewing}
          turned={turned}
          overlays={overlays}
          onMark={mine ? mark : undefined}
        />
      </div>
      <div className="evidence">
        <div className="column">
          <Reasons opened={opened} />
          <Faults opened={opened} />
        </div>
        <div className="column">
          {opened.decision.comparison !== null && (
            <Factors comparison={opened.decision.comparison} />
          )}
          <Check opened={opened} />
        </div>
        <div className="column wide">
          <Goods declaration={opened.declaration} opened={opened} />
          <div className="row">
            <Seals opened={opened} />
            <Weights opened={opened} />
          </div>
          <Nearest nearest={opened.nearest} />
        </div>
        <div className="column">
          <VerdictPanel
            opened={opened}
            hold={hold}
            chosen={chosen}
            marks={marks}
            commentField={commentField}
            failure={refusal}
            busy={busy}
            onChoose={choose}
            onMarks={setMarks}
            onMarkView={markView}
            onMarkMachine={markMachine}
            onGive={give}
          />
        </div>
      </div>
    </main>
  );
}

function CaseHeader({
  opened,
  hold,
  failure,
}: {
  opened: Case;
  hold: Hold;
  failure: string | null;
}) {
  const now = useNow();
  return (
    <header className="case-header">
      <button type="button" className="quiet" onClick={BACK} aria-label="Back to the queue">
        ← Queue
      </button>
      <h1 className="number" data-testid="case-container">
        {containerNumber(opened.container_number)}
      </h1>
      <span className={`role ${opened.role}`}>{ROLE[opened.role]}</span>
      <span>{opened.site}</span>
      <span className="quiet-text number">{opened.declaration_number ?? "no declaration"}</span>
      <span className="quiet-text">
        {opened.closed_at === null
          ? `waiting ${age(opened.opened_at, now)}`
          : `closed ${age(opened.closed_at, now)} ago`}
      </span>
      <span className="spacer" />
      {failure !== null && (
        <span role="alert" className="failure">
          {failure}
        </span>
      )}
      <span className={`hold ${hold}`} role="status" data-testid="hold" data-hold={hold}>
        {holdText(opened, hold)}
      </span>
    </header>
  );
}

function holdText(opened: Case, hold: Hold): string {
  if (hold === "mine") return "Locked by you";
  if (hold === "others") return `Locked by ${opened.locked_by ?? "another analyst"}`;
  if (hold === "taking") return "Taking…";
  return hold === "closed" ? STATE.closed : "Read only";
}

function marksGiven(opened: Case): MarkedRegion[] {
  return opened.verdicts.flatMap((verdict) => verdict.regions);
}

/** Escape leaves a field first, then the case. */
function leaveFieldOr(leave: () => void): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement) focused.blur();
  else leave();
}

function sameBox(first: MarkedRegion, second: MarkedRegion): boolean {
  return first.scan_id === second.scan_id && first.box_px.join() === second.box_px.join();
}

/** To a tenth of a pixel, as it is sent. */
function rounded(box: BoxPx): BoxPx {
  return box.map((value) => Math.round(value * 10) / 10) as BoxPx;
}

function mod(value: number, length: number): number {
  return ((value % length) + length) % length;
}
