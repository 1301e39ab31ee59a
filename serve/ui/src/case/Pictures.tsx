/** The pictures of a case in their panes. */
import type { BoxPx, ScanInfo } from "../api/types";
import { moment } from "../text/format";
import { ROLE } from "../text/words";
import { type Overlay, Pane } from "../viewer/Pane";
import type { Side, Sides, Viewing } from "../viewer/useViewing";
import { windowLabel } from "../viewer/window";
import type { Loading } from "./usePictures";

interface PicturesProps {
  scans: Partial<Record<Side, ScanInfo>>;
  loading: Record<Side, Loading>;
  sides: Sides;
  viewing: Viewing;
  turned: boolean;
  overlays: (side: Side) => Overlay[];
  onMark?: ((scan: ScanInfo, box: BoxPx) => void) | undefined;
}

export function Pictures(props: PicturesProps) {
  const { scans } = props;
  if (scans.entry === undefined && scans.exit === undefined) {
    return <p className="pane missing">No picture of this passage is stored.</p>;
  }
  return (
    <>
      {scans.entry !== undefined && <Picture side="entry" scan={scans.entry} {...props} />}
      {scans.exit !== undefined && <Picture side="exit" scan={scans.exit} {...props} />}
    </>
  );
}

interface PictureProps extends PicturesProps {
  side: Side;
  scan: ScanInfo;
}

function Picture({ side, scan, loading, sides, viewing, turned, overlays, onMark }: PictureProps) {
  const { picture, failure } = loading[side];
  const shown = sides[side];
  const window = viewing.windows[side];
  const caption = (
    <figcaption>
      <strong className={`role ${scan.role}`}>{ROLE[scan.role]}</strong>
      <span>{scan.site}</span>
      <span className="quiet-text">{moment(scan.scanned_at ?? scan.received_at)}</span>
    </figcaption>
  );
  if (picture === null || shown === undefined || window === undefined) {
    return (
      <figure className="pane missing" data-testid={`pane-${side}`}>
        {caption}
        <p role={failure === null ? "status" : "alert"}>{failure ?? "Fetching the picture…"}</p>
      </figure>
    );
  }
  const facts = [
    `${picture.width} × ${picture.height}`,
    scan.display_rendered ? "8-bit display picture" : "",
    side === "entry" && turned ? "turned round" : "",
  ];
  return (
    <Pane
      testId={`pane-${side}`}
      description={`${ROLE[scan.role]} scan at ${scan.site}, ${moment(scan.scanned_at)}`}
      picture={picture}
      frame={shown.frame}
      view={viewing.view}
      window={window}
      invert={viewing.invert}
      tool={viewing.tool}
      overlays={overlays(side)}
      onView={viewing.move}
      onWindow={(changed) => viewing.changeWindow(side, changed)}
      onSize={viewing.resized}
      onMark={onMark === undefined ? undefined : (box) => onMark(scan, box)}
    >
      {caption}
      <p className="pane-facts">{facts.filter((fact) => fact !== "").join(" · ")}</p>
      <p className="pane-window number" data-testid={`window-${side}`}>
        {windowLabel(window)}
      </p>
    </Pane>
  );
}
