import type { Picture } from "./picture";

interface Decoded {
  width: number;
  height: number;
  channels: number;
  depth: number;
  data: ArrayLike<number>;
}

/** The first channel of a decoded picture as 16 bits; 8 bits are spread over the full range. */
export function greyOf({ width, height, channels, depth, data }: Decoded): Picture {
  if (depth !== 8 && depth !== 16) {
    throw new Error(`expected 8 or 16 bits per pixel, got ${depth}`);
  }
  const gain = depth === 16 ? 1 : 257;
  const pixels = new Uint16Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (data[i * channels] ?? 0) * gain;
  return { width, height, pixels };
}

/** The picture seen from the other side. */
export function mirrored({ width, height, pixels }: Picture): Picture {
  const turned = new Uint16Array(pixels);
  for (let y = 0; y < height; y++) turned.subarray(y * width, (y + 1) * width).reverse();
  return { width, height, pixels: turned };
}

/** The picture with its sides halved until both are at most `limit`, by means of 2 × 2 pixels. */
export function within(picture: Picture, limit: number): Picture {
  let smaller = picture;
  while (Math.max(smaller.width, smaller.height) > limit) smaller = halved(smaller);
  return smaller;
}

function halved({ width, height, pixels }: Picture): Picture {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const means = new Uint16Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < columns; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const sum =
        (pixels[upper + left] ?? 0) +
        (pixels[upper + right] ?? 0) +
        (pixels[lower + left] ?? 0) +
        (pixels[lower + right] ?? 0);
      means[y * columns + x] = Math.round(sum / 4);
    }
  }
  return { width: columns, height: rows, pixels: means };
}
