/** One picture in Cornerstone with what is drawn over it: regions, boxes and marks. */
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { BoxPx } from "../api/types";
import {
  type Frame,
  type Point,
  paneToPlane,
  planeToPane,
  type Rect,
  type Size,
  toPixels,
  toPlane,
  type View,
  zoomedAt,
} from "./frame";
import type { Picture } from "./picture";
import type { Tool, Viewer } from "./viewer";
import type { GreyWindow } from "./window";

/** A rectangle over the picture, in pixels of the file as stored. */
export interface Overlay {
  id: string;
  kind: "change" | "check" | "container" | "mark";
  box: BoxPx;
  label: string;
  chosen?: boolean;
}

interface PaneProps {
  testId: string;
  /** Says what is shown, to screen readers. */
  description: string;
  picture: Picture;
  frame: Frame;
  view: View;
  window: GreyWindow;
  invert: boolean;
  tool: Tool;
  overlays: readonly Overlay[];
  onView: (view: View) => void;
  onWindow: (window: GreyWindow) => void;
  onSize: (size: Size) => void;
  onMark?: ((box: BoxPx) => void) | undefined;
  children?: ReactNode;
}

/** Marks smaller than this, in CSS pixels, are slips of the hand. */
const LEAST_MARK = 6;

export function Pane(props: PaneProps) {
  const { picture, frame, view, tool } = props;
  const element = useRef<HTMLDivElement>(null);
  const viewer = useRef<Viewer | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [size, setSize] = useState<Size | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [rendered, setRendered] = useState(false);

  // The viewer lives as long as the pane; Cornerstone is loaded when the first one opens.
  useEffect(() => {
    const home = element.current;
    if (home === null) return;
    let closed = false;
    const measure = () => {
      const measured = { width: home.clientWidth, height: home.clientHeight };
      if (measured.width === 0 || measured.height === 0) return;
      setSize(measured);
      latest.current.onSize(measured);
      viewer.current?.resized();
    };
    const observer = new ResizeObserver(measure);
    import("./cornerstone")
      .then(({ openViewer }) => {
        if (closed) return;
        viewer.current = openViewer(home, {
          onView: (moved) => latest.current.onView(moved),
          onWindow: (changed) => latest.current.onWindow(changed),
        });
        measure();
        observer.observe(home);
      })
      .catch((error: unknown) => setFailure(`The viewer could not be started: ${String(error)}`));
    return () => {
      closed = true;
      observer.disconnect();
      viewer.current?.close();
      viewer.current = null;
    };
  }, []);

  const ready = size !== null;
  useEffect(() => {
    if (!ready || viewer.current === null) return;
    const { view, window, invert, tool } = latest.current;
    viewer.current.setTool(tool);
    viewer.current
      .show(picture, frame, { view, window, invert })
      .then(() => {
        // What was changed meanwhile.
        viewer.current?.setView(latest.current.view);
        viewer.current?.setWindow(latest.current.window);
        viewer.current?.setInvert(latest.current.invert);
        setRendered(true);
      })
      .catch((error: unknown) => setFailure(`The picture could not be shown: ${String(error)}`));
  }, [picture, frame, ready]);

  useEffect(() => viewer.current?.setView(view), [view]);
  useEffect(() => viewer.current?.setWindow(props.window), [props.window]);
  useEffect(() => viewer.current?.setInvert(props.invert), [props.invert]);
  useEffect(() => viewer.current?.setTool(tool), [tool]);
  useWheelZoom(element, latest);

  return (
    <figure
      className={`pane tool-${tool}`}
      data-testid={props.testId}
      data-rendered={rendered}
      aria-label={props.description}
    >
      <div ref={element} className="pane-picture" data-testid={`${props.testId}-picture`} />
      {size !== null && (
        <Drawing {...props} size={size} marking={tool === "mark" && props.onMark !== undefined} />
      )}
      {props.children}
      {failure !== null && (
        <p role="alert" className="pane-failure">
          {failure}
        </p>
      )}
    </figure>
  );
}

/** The wheel zooms at the pointer; React's own wheel events cannot be kept from scrolling. */
function useWheelZoom(
  element: { readonly current: HTMLElement | null },
  latest: { readonly current: PaneProps },
): void {
  useEffect(() => {
    const home = element.current?.parentElement;
    if (!home) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const { view, onView } = latest.current;
      const frame = home.getBoundingClientRect();
      const at: Point = [event.clientX - frame.left, event.clientY - frame.top];
      const steps = Math.max(-3, Math.min(3, event.deltaY / 100));
      onView(zoomedAt(view, paneToPlane(at, view, frame), 1.2 ** -steps));
    };
    home.addEventListener("wheel", zoom, { passive: false });
    return () => home.removeEventListener("wheel", zoom);
  }, [element, latest]);
}

interface DrawingProps extends PaneProps {
  size: Size;
  marking: boolean;
}

/** The lines over the picture; with the mark tool also where rectangles are drawn. */
function Drawing({ size, frame, view, overlays, marking, onMark, testId }: DrawingProps) {
  const [corners, setCorners] = useState<[Point, Point] | null>(null);
  const at = (event: PointerEvent<SVGSVGElement>): Point => {
    const home = event.currentTarget.getBoundingClientRect();
    return [event.clientX - home.left, event.clientY - home.top];
  };
  const finish = () => {
    if (corners === null) return;
    setCorners(null);
    const [x0, y0, x1, y1] = spanned(corners);
    if (x1 - x0 < LEAST_MARK || y1 - y0 < LEAST_MARK) return;
    const start = paneToPlane([x0, y0], view, size);
    const end = paneToPlane([x1, y1], view, size);
    const box = toPixels([...start, ...end], frame);
    if (box !== null) onMark?.(box);
  };
  return (
    <svg
      className={marking ? "drawing marking" : "drawing"}
      data-testid={`${testId}-drawing`}
      width={size.width}
      height={size.height}
      role="img"
      aria-label={`${overlays.length} regions drawn`}
      onPointerDown={(event) => {
        if (!marking || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setCorners([at(event), at(event)]);
      }}
      onPointerMove={(event) => {
        if (corners !== null) setCorners([corners[0], at(event)]);
      }}
      onPointerUp={finish}
      onPointerCancel={() => setCorners(null)}
    >
      {overlays.map((overlay) => (
        <Region key={overlay.id} overlay={overlay} frame={frame} view={view} size={size} />
      ))}
      {corners !== null && <Rectangle rect={spanned(corners)} className="region mark drawn" />}
    </svg>
  );
}

interface RegionProps {
  overlay: Overlay;
  frame: Frame;
  view: View;
  size: Size;
}

function Region({ overlay, frame, view, size }: RegionProps) {
  const plane = toPlane(overlay.box, frame);
  const rect: Rect = [
    ...planeToPane([plane[0], plane[1]], view, size),
    ...planeToPane([plane[2], plane[3]], view, size),
  ];
  const name = `region ${overlay.kind}${overlay.chosen ? " chosen" : ""}`;
  return (
    <g className={name} data-kind={overlay.kind}>
      <title>{overlay.label}</title>
      <Rectangle rect={rect} className="halo" />
      <Rectangle rect={rect} className="line" />
      {overlay.kind !== "container" && (
        // Labels of marks go inside, where a region of the same size has none.
        <text
          x={rect[0] + (overlay.kind === "mark" ? 5 : 1)}
          y={overlay.kind === "mark" ? rect[1] + 14 : Math.max(11, rect[1] - 4)}
        >
          {overlay.label}
        </text>
      )}
    </g>
  );
}

function Rectangle({ rect: [x0, y0, x1, y1], className }: { rect: Rect; className: string }) {
  return <rect className={className} x={x0} y={y0} width={x1 - x0} height={y1 - y0} />;
}

function spanned([[ax, ay], [bx, by]]: [Point, Point]): Rect {
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}
