// Requests and time against the number of seats, or against the holders of the org.
import * as echarts from "echarts";
import { PROGRAMS } from "./program";
import { type Rounds, total } from "./report";

const COLOURS = { ours: "#632ca6", plain: "#d9822b", floor: "#8a9ba8" };

export interface Point {
  readonly x: number;
  readonly rounds: Rounds;
}

/**
 * An SVG of two panels: a stack's up, refresh and destroy, in requests and in seconds.
 *
 * @param scale "log" where the points are far apart
 */
export function chart(points: readonly Point[], xName: string, scale: "value" | "log"): string {
  const names = ["ours", "plain", "floor"] as const;
  const series = [0, 1].flatMap((panel) =>
    names.map((name) => ({
      name: PROGRAMS[name],
      type: "line" as const,
      xAxisIndex: panel,
      yAxisIndex: panel,
      color: COLOURS[name],
      symbolSize: 7,
      data: points.flatMap(({ x, rounds }) => {
        const { requests, seconds } = total(rounds[name] ?? []);
        const y = panel === 0 ? requests : Number(seconds.toFixed(1));
        // Nothing at all has no place on a logarithmic axis.
        return scale === "log" && y === 0 ? [] : [[x, y]];
      }),
    })),
  );
  const xAxis = (panel: number) => ({
    type: scale,
    gridIndex: panel,
    name: xName,
    nameLocation: "middle" as const,
    nameGap: 28,
  });
  const yAxis = (panel: number) => ({ type: scale, gridIndex: panel });
  const title = (text: string, left: number) => ({
    text,
    left,
    top: 8,
    textStyle: { fontSize: 13 },
  });
  const image = echarts.init(null, null, { renderer: "svg", ssr: true, width: 900, height: 380 });
  image.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: [
      title("Requests to Datadog: up + refresh + destroy", 50),
      title("Seconds: up + refresh + destroy", 500),
    ],
    legend: { bottom: 4, itemGap: 40, data: names.map((name) => PROGRAMS[name]) },
    grid: [
      { left: 60, width: 360, top: 45, bottom: 85 },
      { left: 510, width: 360, top: 45, bottom: 85 },
    ],
    xAxis: [xAxis(0), xAxis(1)],
    yAxis: [yAxis(0), yAxis(1)],
    series,
  });
  const svg = image.renderToSVGString();
  // Its timers would keep the process from ending.
  image.dispose();
  return svg;
}
