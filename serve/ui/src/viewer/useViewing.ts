/** The state of looking at one case's pictures: view, windows, and what is drawn. */
import { useCallback, useMemo, useRef, useState } from "react";
import {
  extentOf,
  type Frame,
  HEIGHT,
  type Rect,
  type Size,
  type View,
  viewOf,
  zoomedAt,
} from "./frame";
import type { Tool } from "./viewer";
import { carriedOver, type GreyWindow, type Preset } from "./window";

export type Side = "entry" | "exit";
export type Presets = Record<Preset, GreyWindow>;

/** What is known of a side once its picture is there. */
export interface Shown {
  frame: Frame;
  presets: Presets;
}

export type Sides = Partial<Record<Side, Shown>>;

type Fitted = "container" | "picture" | null;

const START: Size = { width: 700, height: 300 };

export function useViewing(sides: Sides) {
  const pane = useRef(START);
  const [view, setView] = useState<View>({ centre: [0, HEIGHT / 2], height: HEIGHT });
  const [fitted, setFitted] = useState<Fitted>("container");
  const [windows, setWindows] = useState<Partial<Record<Side, GreyWindow>>>({});
  const [invert, setInvert] = useState(false);
  const [tool, setTool] = useState<Tool>("window");
  const latest = useRef(sides);
  latest.current = sides;

  const fitTo = useCallback((what: Exclude<Fitted, null>) => {
    const rect = what === "container" ? containersOf(latest.current) : picturesOf(latest.current);
    if (rect === null) return;
    setFitted(what);
    setView(viewOf(rect, pane.current.width / pane.current.height));
  }, []);

  /** Fit the container; asked again, the whole picture. */
  const fitNext = useCallback(
    () => fitTo(fitted === "container" ? "picture" : "container"),
    [fitTo, fitted],
  );

  const resized = useCallback(
    (size: Size) => {
      pane.current = size;
      if (fitted !== null) fitTo(fitted);
    },
    [fitTo, fitted],
  );

  const move = useCallback((moved: View) => {
    setFitted(null);
    setView(moved);
  }, []);

  const show = useCallback(
    (rect: Rect) => move(viewOf(rect, pane.current.width / pane.current.height, 0.6)),
    [move],
  );

  const zoom = useCallback((factor: number) => {
    setFitted(null);
    setView((seen) => zoomedAt(seen, seen.centre, factor));
  }, []);

  const pan = useCallback((across: number, down: number) => {
    setFitted(null);
    setView(({ centre: [x, y], height }) => ({
      centre: [x + across * height, y + down * height],
      height,
    }));
  }, []);

  /** The person changed one side's window: the other follows in its own terms. */
  const changeWindow = useCallback((side: Side, window: GreyWindow) => {
    const from = latest.current[side];
    if (from === undefined) return;
    setWindows(
      mapSides(latest.current, (name, { presets }) =>
        name === side ? window : carriedOver(window, from.presets.cargo, presets.cargo),
      ),
    );
  }, []);

  const applyPreset = useCallback((preset: Preset) => {
    setWindows(mapSides(latest.current, (_, { presets }) => presets[preset]));
  }, []);

  const reset = useCallback(() => {
    setWindows({});
    setInvert(false);
    fitTo("container");
  }, [fitTo]);

  const shownWindows = useMemo(
    () => mapSides(sides, (side, { presets }) => windows[side] ?? presets.cargo),
    [sides, windows],
  );

  return {
    view,
    windows: shownWindows,
    invert,
    tool,
    paneSize: pane,
    setTool,
    setInvert,
    fitNext,
    resized,
    move,
    show,
    zoom,
    pan,
    changeWindow,
    applyPreset,
    reset,
  };
}

export type Viewing = ReturnType<typeof useViewing>;

function mapSides<T>(
  sides: Sides,
  make: (side: Side, shown: Shown) => T,
): Partial<Record<Side, T>> {
  const made: Partial<Record<Side, T>> = {};
  for (const side of ["entry", "exit"] as const) {
    const shown = sides[side];
    if (shown !== undefined) made[side] = make(side, shown);
  }
  return made;
}

/** The container with a margin for its trailer; both sides have it on the same place. */
function containersOf(sides: Sides): Rect | null {
  const frame = (sides.exit ?? sides.entry)?.frame;
  return frame === undefined ? null : frame.container;
}

function picturesOf(sides: Sides): Rect | null {
  const rects = [sides.entry, sides.exit].flatMap((shown) =>
    shown ? [extentOf(shown.frame)] : [],
  );
  if (rects.length === 0) return null;
  return [
    Math.min(...rects.map((rect) => rect[0])),
    Math.min(...rects.map((rect) => rect[1])),
    Math.max(...rects.map((rect) => rect[2])),
    Math.max(...rects.map((rect) => rect[3])),
  ];
}
