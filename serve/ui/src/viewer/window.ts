/** Grey windows: which transmissions are spread from black to white. */
import type { BoxPx } from "../api/types";
import type { Picture } from "./picture";

export interface GreyWindow {
  low: number;
  high: number;
}

export type Preset = "cargo" | "dense" | "light" | "full";

const FULL: GreyWindow = { low: 0, high: 65535 };
/** Narrower windows show nothing but noise. */
const LEAST_WIDTH = 256;
const SAMPLES = 200_000;

/** The windows offered for a picture, from the grey levels inside its container. */
export function presetsOf(picture: Picture, container: BoxPx | null): Record<Preset, GreyWindow> {
  const levels = sampled(picture, container);
  const at = (share: number) => levels[Math.round(share * (levels.length - 1))] ?? 0;
  return {
    cargo: wide({ low: at(0.002), high: at(0.995) }),
    dense: wide({ low: at(0.001), high: at(0.45) }),
    light: wide({ low: at(0.45), high: at(0.999) }),
    full: FULL,
  };
}

function sampled({ width, height, pixels }: Picture, container: BoxPx | null): Uint16Array {
  const [x0, y0, x1, y1] = inside(container, width, height);
  const step = Math.max(1, Math.floor(Math.sqrt(((x1 - x0) * (y1 - y0)) / SAMPLES)));
  const levels: number[] = [];
  for (let y = y0; y < y1; y += step) {
    for (let x = x0; x < x1; x += step) levels.push(pixels[y * width + x] ?? 0);
  }
  return Uint16Array.from(levels).sort();
}

function inside(container: BoxPx | null, width: number, height: number): BoxPx {
  if (container === null) return [0, 0, width, height];
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(container[0])));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(container[1])));
  const x1 = Math.max(x0 + 1, Math.min(width, Math.ceil(container[2])));
  const y1 = Math.max(y0 + 1, Math.min(height, Math.ceil(container[3])));
  return [x0, y0, x1, y1];
}

function wide({ low, high }: GreyWindow): GreyWindow {
  return { low, high: Math.max(high, low + LEAST_WIDTH) };
}

/**
 * The same change of window on another picture: scanners differ in gain, so windows are carried
 * over relative to each picture's own cargo window.
 */
export function carriedOver(window: GreyWindow, from: GreyWindow, to: GreyWindow): GreyWindow {
  const gain = (to.high - to.low) / (from.high - from.low);
  return wide({
    low: to.low + (window.low - from.low) * gain,
    high: to.low + (window.high - from.low) * gain,
  });
}

/** Level and width in percent of full transmission, as shown in the corner of a pane. */
export function windowLabel({ low, high }: GreyWindow): string {
  const percent = (level: number) => ((100 * level) / 65535).toFixed(0);
  return `L ${percent((low + high) / 2)} % · W ${percent(high - low)} %`;
}
