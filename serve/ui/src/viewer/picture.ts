/** A decoded grey picture and where its pixels come from. */
import DecodeWorker from "./decode.worker?worker";

export interface Picture {
  width: number;
  height: number;
  /** Row by row, transmission × 65535. */
  pixels: Uint16Array<ArrayBuffer>;
}

/** Decode a grey PNG of 8 or 16 bits beside the page's own thread. */
export function decodePicture(png: ArrayBuffer, signal: AbortSignal): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const worker = new DecodeWorker();
    const end = () => worker.terminate();
    signal.addEventListener("abort", end, { once: true });
    worker.onmessage = ({ data }: MessageEvent<Picture | { error: string }>) => {
      end();
      if ("error" in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = () => {
      end();
      reject(new Error("the picture could not be decoded"));
    };
    worker.postMessage(png, [png]);
  });
}
