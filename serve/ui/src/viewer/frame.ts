/**
 * Where a picture lies on the common plane. Two frames of one pair put both containers on the
 * same rectangle of that plane, so that one view of the plane shows the same part of both,
 * whatever the speed and the direction of the truck. The container is HEIGHT units high.
 */
import type { BoxPx } from "../api/types";

export const HEIGHT = 1000;
/** Beyond this stretch a container box is more likely wrong than the truck so uneven. */
const MAX_STRETCH = 2;

export interface Size {
  width: number;
  height: number;
}

/** A rectangle or point of the plane, y downward. */
export type Point = readonly [number, number];
export type Rect = readonly [number, number, number, number];

export interface Frame {
  /** Of the file as stored, in pixels. */
  size: Size;
  /** Plane units for each pixel, across and down. */
  scale: Point;
  /** Where the left upper corner of the picture, as shown, lies on the plane. */
  origin: Point;
  /** Shown from the other side: pixel columns run from right to left. */
  mirrored: boolean;
  /** The container on the plane (the whole picture where none was found). */
  container: Rect;
}

export interface ScanGeometry {
  size: Size;
  container: BoxPx | null;
  mirrored: boolean;
}

/** Frame of a picture shown alone: pixels keep their shape. */
export function singleFrame(scan: ScanGeometry): Frame {
  const box = scan.container ?? whole(scan.size);
  return frameOn(scan, box, aspectOf(box));
}

/** Frames of a pair, first the other scan, then the leading one, whose pixels keep their shape. */
export function pairedFrames(other: ScanGeometry, leading: ScanGeometry): [Frame, Frame] {
  const boxes = pairedBoxes(other, leading);
  const aspect = aspectOf(boxes[1]);
  return [frameOn(other, boxes[0], aspect), frameOn(leading, boxes[1], aspect)];
}

function pairedBoxes(other: ScanGeometry, leading: ScanGeometry): [BoxPx, BoxPx] {
  if (other.container !== null && leading.container !== null) {
    const stretch = aspectOf(other.container) / aspectOf(leading.container);
    if (Math.max(stretch, 1 / stretch) <= MAX_STRETCH) return [other.container, leading.container];
  }
  return [whole(other.size), whole(leading.size)];
}

function frameOn(scan: ScanGeometry, box: BoxPx, aspect: number): Frame {
  const [x0, y0, x1, y1] = shownBox(box, scan);
  const scale: Point = [(HEIGHT * aspect) / (x1 - x0), HEIGHT / (y1 - y0)];
  return {
    size: scan.size,
    scale,
    origin: [-x0 * scale[0], -y0 * scale[1]],
    mirrored: scan.mirrored,
    container: [0, 0, HEIGHT * aspect, HEIGHT],
  };
}

function whole({ width, height }: Size): BoxPx {
  return [0, 0, width, height];
}

function aspectOf([x0, y0, x1, y1]: BoxPx): number {
  return (x1 - x0) / (y1 - y0);
}

function shownBox(
  [x0, y0, x1, y1]: BoxPx,
  scan: { size: Size; mirrored: boolean },
): [number, number, number, number] {
  return scan.mirrored ? [scan.size.width - x1, y0, scan.size.width - x0, y1] : [x0, y0, x1, y1];
}

/** Pixels of the file as stored → the plane. */
export function toPlane(box: BoxPx, frame: Frame): Rect {
  const [x0, y0, x1, y1] = shownBox(box, frame);
  const [sx, sy] = frame.scale;
  const [ox, oy] = frame.origin;
  return [ox + x0 * sx, oy + y0 * sy, ox + x1 * sx, oy + y1 * sy];
}

/** The plane → pixels of the file as stored, cut at the picture's edges; null when outside. */
export function toPixels(rect: Rect, frame: Frame): BoxPx | null {
  const [sx, sy] = frame.scale;
  const [ox, oy] = frame.origin;
  const { width, height } = frame.size;
  const x0 = clamp((rect[0] - ox) / sx, 0, width);
  const x1 = clamp((rect[2] - ox) / sx, 0, width);
  const y0 = clamp((rect[1] - oy) / sy, 0, height);
  const y1 = clamp((rect[3] - oy) / sy, 0, height);
  return x1 > x0 && y1 > y0 ? shownBox([x0, y0, x1, y1], frame) : null;
}

/** The whole picture on the plane. */
export function extentOf(frame: Frame): Rect {
  return toPlane(whole(frame.size), frame);
}

/** What of the plane is seen: the middle, and how many units of it the pane is high. */
export interface View {
  centre: Point;
  height: number;
}

/** The view that shows a rectangle whole, with a margin, in a pane of this width / height. */
export function viewOf([x0, y0, x1, y1]: Rect, paneAspect: number, margin = 0.04): View {
  const height = Math.max(y1 - y0, (x1 - x0) / paneAspect) * (1 + 2 * margin);
  return { centre: [(x0 + x1) / 2, (y0 + y1) / 2], height };
}

/** The part of the plane a view shows. */
export function shownRect({ centre, height }: View, paneAspect: number): Rect {
  const [x, y] = centre;
  const half = [(height * paneAspect) / 2, height / 2] as const;
  return [x - half[0], y - half[1], x + half[0], y + half[1]];
}

/** Zoom so that the point of the plane under the pointer stays where it is. */
export function zoomedAt(view: View, [x, y]: Point, factor: number): View {
  const keep = (centre: number, at: number) => at + (centre - at) / factor;
  return {
    centre: [keep(view.centre[0], x), keep(view.centre[1], y)],
    height: view.height / factor,
  };
}

/** A point of the pane (CSS pixels) → the plane, and back. */
export function paneToPlane([x, y]: Point, view: View, pane: Size): Point {
  const unit = view.height / pane.height;
  return [
    view.centre[0] + (x - pane.width / 2) * unit,
    view.centre[1] + (y - pane.height / 2) * unit,
  ];
}

export function planeToPane([x, y]: Point, view: View, pane: Size): Point {
  const unit = view.height / pane.height;
  return [
    (x - view.centre[0]) / unit + pane.width / 2,
    (y - view.centre[1]) / unit + pane.height / 2,
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
