import type { Tool } from "../viewer/viewer";
import type { Preset } from "../viewer/window";
import type { Layers } from "./overlays";

export const PRESETS: readonly (readonly [Preset, string])[] = [
  ["cargo", "Cargo"],
  ["dense", "Dense"],
  ["light", "Light"],
  ["full", "Full"],
];

const TOOLS: readonly (readonly [Tool, string, string])[] = [
  ["window", "Window", "w"],
  ["pan", "Pan", "p"],
  ["mark", "Mark", "a"],
];

interface ToolbarProps {
  tool: Tool;
  invert: boolean;
  layers: Layers;
  turned: boolean;
  stacked: boolean;
  flickering: boolean;
  pair: boolean;
  mayMark: boolean;
  onTool: (tool: Tool) => void;
  onPreset: (preset: Preset) => void;
  onInvert: () => void;
  onFit: () => void;
  onReset: () => void;
  onLayer: (layer: keyof Layers) => void;
  onTurn: () => void;
  onStack: () => void;
  onFlicker: () => void;
}

export function Toolbar(props: ToolbarProps) {
  return (
    <div className="toolbar" role="toolbar" aria-label="Pictures">
      <fieldset aria-label="Drag to">
        {TOOLS.filter(([tool]) => tool !== "mark" || props.mayMark).map(([tool, name, key]) => (
          <Toggle key={tool} on={props.tool === tool} hint={key} onPress={() => props.onTool(tool)}>
            {name}
          </Toggle>
        ))}
      </fieldset>
      <fieldset aria-label="Grey window">
        {PRESETS.map(([preset, name], index) => (
          <button
            key={preset}
            type="button"
            title={`${name} window (${index + 1})`}
            data-testid={`preset-${preset}`}
            onClick={() => props.onPreset(preset)}
          >
            {name}
          </button>
        ))}
        <Toggle on={props.invert} hint="i" onPress={props.onInvert} testId="invert">
          Invert
        </Toggle>
      </fieldset>
      <fieldset aria-label="View">
        <button type="button" title="Fit the container (f)" onClick={props.onFit}>
          Fit
        </button>
        <button type="button" title="Reset (r)" onClick={props.onReset} data-testid="reset">
          Reset
        </button>
        {props.pair && (
          <Toggle on={props.turned} hint="m" onPress={props.onTurn}>
            Turn entry
          </Toggle>
        )}
        {props.pair && (
          <Toggle on={props.stacked} hint="l" onPress={props.onStack}>
            Stack
          </Toggle>
        )}
        {props.pair && (
          <Toggle on={props.flickering} hint="x" onPress={props.onFlicker} testId="flicker">
            Flicker
          </Toggle>
        )}
      </fieldset>
      <fieldset aria-label="Draw">
        {props.pair && (
          <Toggle on={props.layers.changes} hint="g" onPress={() => props.onLayer("changes")}>
            <i className="swatch change" /> Changes
          </Toggle>
        )}
        <Toggle on={props.layers.goods} hint="k" onPress={() => props.onLayer("goods")}>
          <i className="swatch check" /> Goods
        </Toggle>
        <Toggle on={props.layers.container} hint="b" onPress={() => props.onLayer("container")}>
          <i className="swatch container" /> Container
        </Toggle>
      </fieldset>
    </div>
  );
}

interface ToggleProps {
  on: boolean;
  hint: string;
  onPress: () => void;
  children: React.ReactNode;
  testId?: string;
}

function Toggle({ on, hint, onPress, children, testId }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-keyshortcuts={hint}
      title={`(${hint})`}
      onClick={onPress}
      data-testid={testId}
    >
      {children}
    </button>
  );
}
