/** The decoded pictures of a case, and where they lie. */
import { useEffect, useMemo, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { BoxPx, Case, ScanInfo } from "../api/types";
import { pairedFrames, singleFrame } from "../viewer/frame";
import { decodePicture, type Picture } from "../viewer/picture";
import type { Side, Sides } from "../viewer/useViewing";
import { presetsOf } from "../viewer/window";

export interface Loading {
  picture: Picture | null;
  failure: string | null;
}

const NOTHING: Loading = { picture: null, failure: null };

export function usePicture(client: Client, scanId: string | null): Loading {
  const [loading, setLoading] = useState(NOTHING);
  useEffect(() => {
    setLoading(NOTHING);
    if (scanId === null) return;
    const aborter = new AbortController();
    client
      .picture(scanId, aborter.signal)
      .then((png) => decodePicture(png, aborter.signal))
      .then(
        (picture) => {
          if (!aborter.signal.aborted) setLoading({ picture, failure: null });
        },
        (error: unknown) => {
          if (!aborter.signal.aborted) setLoading({ picture: null, failure: messageOf(error) });
        },
      );
    return () => aborter.abort();
  }, [client, scanId]);
  return loading;
}

/** The scan of each side: the passage's own one leads, the entry scan of an exit goes with it. */
export function scansOf(opened: Case): Partial<Record<Side, ScanInfo>> {
  const { scan, entry_scan: entry } = opened;
  return {
    ...(entry !== null && entry.id !== scan?.id ? { entry } : {}),
    ...(scan !== null ? { exit: scan } : {}),
  };
}

export function containerOf(scan: ScanInfo | undefined): BoxPx | null {
  const box = scan?.container_box_px ?? null;
  return box === null || box[2] <= box[0] || box[3] <= box[1] ? null : (box);
}

/** Frames and grey windows of the sides whose pictures are there. */
export function useSides(
  scans: Partial<Record<Side, ScanInfo>>,
  pictures: Record<Side, Picture | null>,
  turned: boolean,
): Sides {
  const { entry: entryScan, exit: exitScan } = scans;
  const { entry, exit } = pictures;
  return useMemo(() => {
    const entryBox = containerOf(entryScan);
    const exitBox = containerOf(exitScan);
    if (entry !== null && exit !== null) {
      const [entryFrame, exitFrame] = pairedFrames(
        { size: entry, container: entryBox, mirrored: turned },
        { size: exit, container: exitBox, mirrored: false },
      );
      return {
        entry: { frame: entryFrame, presets: presetsOf(entry, entryBox) },
        exit: { frame: exitFrame, presets: presetsOf(exit, exitBox) },
      };
    }
    const alone = (picture: Picture, container: BoxPx | null) => ({
      frame: singleFrame({ size: picture, container, mirrored: false }),
      presets: presetsOf(picture, container),
    });
    // While the second of a pair is on its way the first waits: its frame would change.
    if (entryScan !== undefined && exitScan !== undefined) return {};
    if (exit !== null) return { exit: alone(exit, exitBox) };
    return entry !== null ? { entry: alone(entry, entryBox) } : {};
  }, [entry, exit, entryScan, exitScan, turned]);
}
