/** The viewer on Cornerstone3D. Nothing outside this file knows Cornerstone. */
import {
  cache,
  Enums,
  getRenderingEngine,
  imageLoader,
  init as initCore,
  metaData,
  RenderingEngine,
  type Types,
} from "@cornerstonejs/core";
import {
  addTool,
  init as initTools,
  PanTool,
  Enums as ToolEnums,
  ToolGroupManager,
  WindowLevelTool,
  ZoomTool,
} from "@cornerstonejs/tools";
import type { Frame, View } from "./frame";
import { mirrored, within } from "./grey";
import type { Picture } from "./picture";
import type { Look, Tool, Viewer, ViewerEvents } from "./viewer";
import type { GreyWindow } from "./window";

const ENGINE = "riac";
const SCHEME = "riac";
const { MouseBindings } = ToolEnums;
type MouseButton = (typeof MouseBindings)[keyof typeof MouseBindings];

/** What each tool calls itself; the library leaves the type open. */
const PAN = PanTool.toolName as string;
const ZOOM = ZoomTool.toolName as string;
const WINDOW_LEVEL = WindowLevelTool.toolName as string;

interface Shown {
  picture: Picture;
  frame: Frame;
}

/** Pictures in use, by Cornerstone's image identifier. */
const shown = new Map<string, Shown>();
let started = false;
let count = 0;

function start(): void {
  if (started) return;
  started = true;
  // One context for each pane: Chromium gives out 16, and each holds a picture.
  initCore({ rendering: { webGlContextCount: 2 } } as Types.Cornerstone3DConfig);
  initTools();
  for (const tool of [PanTool, ZoomTool, WindowLevelTool]) addTool(tool);
  imageLoader.registerImageLoader(SCHEME, (id) => ({
    promise: Promise.resolve(imageOf(id)),
  }));
  metaData.addProvider(metadataOf, 10_000);
}

/** The longest side a texture may have on this machine; longer ones would show black. */
function textureLimit(): number {
  const context = document.createElement("canvas").getContext("webgl2");
  const limit = context?.getParameter(context.MAX_TEXTURE_SIZE) as number | undefined;
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return limit ?? 4096;
}

let limit: number | undefined;

export function openViewer(element: HTMLDivElement, events: ViewerEvents): Viewer {
  start();
  return new CornerstoneViewer(element, events);
}

class CornerstoneViewer implements Viewer {
  readonly #id = `pane-${++count}`;
  readonly #engine = getRenderingEngine(ENGINE) ?? new RenderingEngine(ENGINE);
  readonly #events: ViewerEvents;
  readonly #element: HTMLDivElement;
  readonly #viewport: Types.IStackViewport;
  readonly #tools;
  #imageId: string | null = null;
  #view: View | null = null;
  /** Above 0 while this code, not the person, changes the viewport. */
  #quiet = 0;

  constructor(element: HTMLDivElement, events: ViewerEvents) {
    this.#element = element;
    this.#events = events;
    this.#engine.enableElement({
      viewportId: this.#id,
      element,
      type: Enums.ViewportType.STACK,
      defaultOptions: { background: [0, 0, 0] },
    });
    this.#viewport = this.#engine.getViewport<Types.IStackViewport>(this.#id);
    this.#tools = ToolGroupManager.createToolGroup(this.#id);
    for (const tool of [PAN, ZOOM, WINDOW_LEVEL]) this.#tools?.addTool(tool);
    this.#tools?.addViewport(this.#id, ENGINE);
    element.addEventListener(Enums.Events.CAMERA_MODIFIED, this.#onCamera);
    element.addEventListener(Enums.Events.VOI_MODIFIED, this.#onWindow);
  }

  async show(picture: Picture, frame: Frame, look: Look): Promise<void> {
    limit ??= textureLimit();
    const fitting = within(picture, limit);
    const imageId = `${SCHEME}:${++count}`;
    shown.set(imageId, { picture: frame.mirrored ? mirrored(fitting) : fitting, frame });
    this.#quiet++;
    try {
      await this.#viewport.setStack([imageId]);
      this.#forget();
      this.#imageId = imageId;
      this.#viewport.setProperties({ voiRange: range(look.window), invert: look.invert });
      this.setView(look.view);
    } finally {
      this.#quiet--;
    }
  }

  setView(view: View): void {
    this.#view = view;
    if (this.#imageId === null) return;
    const camera = this.#viewport.getCamera();
    const [x, y] = view.centre;
    const depth = camera.focalPoint?.[2] ?? 0;
    const eye = camera.position?.[2] ?? -1000;
    this.#silently(() => {
      this.#viewport.setCamera({
        focalPoint: [x, y, depth],
        position: [x, y, eye],
        parallelScale: view.height / 2,
      });
    });
  }

  setWindow(window: GreyWindow): void {
    if (this.#imageId === null) return;
    this.#silently(() => this.#viewport.setProperties({ voiRange: range(window) }));
  }

  setInvert(invert: boolean): void {
    if (this.#imageId === null) return;
    this.#silently(() => this.#viewport.setProperties({ invert }));
  }

  setTool(tool: Tool): void {
    const bound: Record<string, MouseButton[]> = {
      [PAN]: [MouseBindings.Auxiliary],
      [ZOOM]: [MouseBindings.Secondary],
      [WINDOW_LEVEL]: [],
    };
    if (tool === "pan") bound[PAN]?.push(MouseBindings.Primary);
    if (tool === "window") bound[WINDOW_LEVEL]?.push(MouseBindings.Primary);
    for (const [name, buttons] of Object.entries(bound)) {
      this.#tools?.setToolPassive(name, { removeAllBindings: true });
      if (buttons.length === 0) continue;
      this.#tools?.setToolActive(name, {
        bindings: buttons.map((mouseButton) => ({ mouseButton })),
      });
    }
  }

  resized(): void {
    this.#quiet++;
    try {
      this.#engine.resize(true, false);
      if (this.#view !== null) this.setView(this.#view);
    } finally {
      this.#quiet--;
    }
  }

  close(): void {
    this.#element.removeEventListener(Enums.Events.CAMERA_MODIFIED, this.#onCamera);
    this.#element.removeEventListener(Enums.Events.VOI_MODIFIED, this.#onWindow);
    ToolGroupManager.destroyToolGroup(this.#id);
    this.#engine.disableElement(this.#id);
    this.#forget();
  }

  #silently(change: () => void): void {
    this.#quiet++;
    try {
      change();
      this.#viewport.render();
    } finally {
      this.#quiet--;
    }
  }

  #forget(): void {
    if (this.#imageId === null) return;
    if (cache.getImageLoadObject(this.#imageId)) cache.removeImageLoadObject(this.#imageId);
    shown.delete(this.#imageId);
    this.#imageId = null;
  }

  readonly #onCamera = (): void => {
    const { focalPoint, parallelScale } = this.#viewport.getCamera();
    if (this.#quiet > 0 || this.#imageId === null || !focalPoint || !parallelScale) return;
    this.#view = { centre: [focalPoint[0], focalPoint[1]], height: 2 * parallelScale };
    this.#events.onView(this.#view);
  };

  readonly #onWindow = (event: Event): void => {
    if (this.#quiet > 0 || this.#imageId === null) return;
    const { range: voi } = (event as CustomEvent<{ range: { lower: number; upper: number } }>)
      .detail;
    this.#events.onWindow({ low: voi.lower, high: voi.upper });
  };
}

function range({ low, high }: GreyWindow): { lower: number; upper: number } {
  return { lower: low, upper: high };
}

function imageOf(imageId: string): Types.IImage {
  const { picture, frame } = found(imageId);
  const [columnPixelSpacing, rowPixelSpacing] = spacing({ picture, frame });
  return {
    imageId,
    minPixelValue: 0,
    maxPixelValue: 65535,
    slope: 1,
    intercept: 0,
    windowCenter: 32768,
    windowWidth: 65536,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    getPixelData: () => picture.pixels,
    getCanvas: () => document.createElement("canvas"),
    rows: picture.height,
    columns: picture.width,
    height: picture.height,
    width: picture.width,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    columnPixelSpacing,
    rowPixelSpacing,
    invert: false,
    sizeInBytes: picture.pixels.byteLength,
    dataType: "Uint16Array",
  };
}

function metadataOf(type: string, imageId: unknown): unknown {
  if (typeof imageId !== "string" || !shown.has(imageId)) return undefined;
  const { picture, frame } = found(imageId);
  const [columnPixelSpacing, rowPixelSpacing] = spacing({ picture, frame });
  if (type === "imagePlaneModule") {
    return {
      frameOfReferenceUID: imageId,
      rows: picture.height,
      columns: picture.width,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      // Cornerstone counts from the middle of the first pixel.
      imagePositionPatient: [
        frame.origin[0] + columnPixelSpacing / 2,
        frame.origin[1] + rowPixelSpacing / 2,
        0,
      ],
      columnPixelSpacing,
      rowPixelSpacing,
      sliceThickness: 1,
    };
  }
  if (type === "imagePixelModule") {
    return {
      samplesPerPixel: 1,
      photometricInterpretation: "MONOCHROME2",
      rows: picture.height,
      columns: picture.width,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      pixelRepresentation: 0,
    };
  }
  if (type === "generalSeriesModule") return { modality: "DX", seriesInstanceUID: imageId };
  if (type === "voiLutModule") return { windowCenter: [32768], windowWidth: [65536] };
  if (type === "modalityLutModule") return { rescaleSlope: 1, rescaleIntercept: 0 };
  return undefined;
}

function spacing({ picture, frame }: Shown): [number, number] {
  return [
    (frame.scale[0] * frame.size.width) / picture.width,
    (frame.scale[1] * frame.size.height) / picture.height,
  ];
}

function found(imageId: string): Shown {
  const entry = shown.get(imageId);
  if (entry === undefined) throw new Error(`no picture ${imageId}`);
  return entry;
}
