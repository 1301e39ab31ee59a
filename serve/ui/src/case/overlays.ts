/** What is drawn over which picture. */
import type { BoxPx, Case, MarkedRegion, ScanInfo } from "../api/types";
import { hsCode } from "../text/format";
import { FACTOR } from "../text/words";
import type { Overlay } from "../viewer/Pane";
import type { Side } from "../viewer/useViewing";
import { containerOf } from "./usePictures";

export interface Layers {
  changes: boolean;
  goods: boolean;
  container: boolean;
}

/** One place to look at: the step of `n` and `N`. */
export interface Place {
  id: string;
  side: Side;
  box: BoxPx;
}

export function overlaysOf(
  side: Side,
  opened: Case,
  scan: ScanInfo,
  layers: Layers,
  marks: readonly MarkedRegion[],
  chosen: string | null,
): Overlay[] {
  const drawn: Overlay[] = [];
  const container = containerOf(scan);
  if (layers.container && container !== null) {
    drawn.push({ id: "container", kind: "container", box: container, label: "container" });
  }
  if (layers.goods && side === "exit") drawn.push(...goodsOf(opened));
  if (layers.changes) drawn.push(...changesOf(side, opened));
  marks.forEach((mark, index) => {
    if (mark.scan_id !== scan.id) return;
    const label = `${index + 1}${mark.note ? ` ${mark.note}` : ""}`;
    drawn.push({ id: `mark-${index}`, kind: "mark", box: mark.box_px, label });
  });
  return drawn.map((overlay) => ({ ...overlay, chosen: overlay.id === chosen }));
}

function changesOf(side: Side, opened: Case): Overlay[] {
  const regions = opened.decision.comparison?.regions ?? [];
  return regions.flatMap((region, index) => {
    const box = side === "entry" ? region.entry_box_px : region.exit_box_px;
    if (box === null) return [];
    const label = `${FACTOR[region.factor].name} ${region.score.toFixed(2)}`;
    return [{ id: `change-${index}`, kind: "change" as const, box: box, label }];
  });
}

function goodsOf(opened: Case): Overlay[] {
  return (opened.decision.check?.regions ?? []).map((region, index) => {
    const best = region.best[0];
    const label = best === undefined ? "not explained" : `like ${hsCode(best.hs) || "empty"}`;
    return { id: `goods-${index}`, kind: "check" as const, box: region.box_px, label };
  });
}

/** The machine's regions in order of score, seen at the exit where they are in its picture. */
export function placesOf(opened: Case): Place[] {
  const changes = (opened.decision.comparison?.regions ?? []).flatMap((region, index) => {
    const side: Side = region.exit_box_px === null ? "entry" : "exit";
    const box = region.exit_box_px ?? region.entry_box_px;
    return box === null
      ? []
      : [{ id: `change-${index}`, side, box: box, score: region.score }];
  });
  changes.sort((first, second) => second.score - first.score);
  const goods = goodsOf(opened).map(({ id, box }) => ({ id, side: "exit" as const, box }));
  return [...changes.map(({ id, side, box }) => ({ id, side, box })), ...goods];
}
