/** What this interface asks of a picture viewer; `cornerstone.ts` is the one that does it. */
import type { Frame, View } from "./frame";
import type { Picture } from "./picture";
import type { GreyWindow } from "./window";

/** What dragging with the main mouse button does. `mark` is left to whoever draws on top. */
export type Tool = "window" | "pan" | "mark";

export interface ViewerEvents {
  /** The person moved or zoomed (calls of `setView` are not told). */
  onView: (view: View) => void;
  /** The person changed the grey window (calls of `setWindow` are not told). */
  onWindow: (window: GreyWindow) => void;
}

export interface Viewer {
  /** Show a picture, cut to the frame; earlier ones are forgotten. */
  show: (picture: Picture, frame: Frame, look: Look) => Promise<void>;
  setView: (view: View) => void;
  setWindow: (window: GreyWindow) => void;
  setInvert: (invert: boolean) => void;
  setTool: (tool: Tool) => void;
  /** The element changed its size. */
  resized: () => void;
  close: () => void;
}

/** How a picture looks at first. */
export interface Look {
  view: View;
  window: GreyWindow;
  invert: boolean;
}
