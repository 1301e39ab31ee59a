import { decode } from "fast-png";
import { greyOf } from "./grey";

self.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const picture = greyOf(decode(data));
    self.postMessage(picture, { transfer: [picture.pixels.buffer] });
  } catch (error) {
    self.postMessage({ error: `the picture could not be decoded: ${String(error)}` });
  }
};
