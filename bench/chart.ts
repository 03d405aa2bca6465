// Requests and time against the number of seats.
import * as echarts from "echarts";
import { PROGRAMS, type Sizes, total } from "./report";

const COLOURS = { ours: "#632ca6", plain: "#d9822b", floor: "#8a9ba8" };

/** An SVG of two panels: a stack's up, refresh and destroy, in requests and in seconds. */
export function chart(sizes: Sizes): string {
  const names = ["ours", "plain", "floor"] as const;
  const seats = Object.keys(sizes).map(Number);
  const series = [0, 1].flatMap((panel) =>
    names.map((name) => ({
      name: PROGRAMS[name],
      type: "line" as const,
      xAxisIndex: panel,
      yAxisIndex: panel,
      color: COLOURS[name],
      symbolSize: 7,
      data: seats.map((count) => {
        const { requests, seconds } = total(sizes[count]?.[name] ?? []);
        return [count, panel === 0 ? requests : Number(seconds.toFixed(1))];
      }),
    })),
  );
  const axis = (panel: number) => ({
    type: "value" as const,
    gridIndex: panel,
    name: "seats in the stack",
    nameLocation: "middle" as const,
    nameGap: 28,
  });
  const image = echarts.init(null, null, { renderer: "svg", ssr: true, width: 900, height: 380 });
  image.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: [
      {
        text: "Requests to Datadog: up + refresh + destroy",
        left: 50,
        top: 8,
        textStyle: { fontSize: 13 },
      },
      { text: "Seconds: up + refresh + destroy", left: 500, top: 8, textStyle: { fontSize: 13 } },
    ],
    legend: { bottom: 4, data: names.map((name) => PROGRAMS[name]) },
    grid: [
      { left: 60, width: 360, top: 45, bottom: 85 },
      { left: 510, width: 360, top: 45, bottom: 85 },
    ],
    xAxis: [axis(0), axis(1)],
    yAxis: [
      { type: "value", gridIndex: 0 },
      { type: "value", gridIndex: 1 },
    ],
    series,
  });
  return image.renderToSVGString();
}
