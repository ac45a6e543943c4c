// Draws the charts from the JSON that stands in the page. Colours come from the style sheet.
/* global echarts, htmx */

const DAY = 86400000;
const PALETTE = { light: ["#1f5a99", "#b3622f", "#1d7a5f", "#7d5ba6", "#a98600", "#b3422f", "#4a7f9e", "#8a6d5a", "#6d747d"],
  dark: ["#8fbcee", "#f0a878", "#5cc3a0", "#c3a5e8", "#e2c044", "#ef8d7a", "#8cc4e0", "#cdb09a", "#a7adb5"] };
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const drawn = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const paper = () => "paper" in document.documentElement.dataset;
const palette = () => (dark.matches && !paper() ? PALETTE.dark : PALETTE.light);
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const when = (day) => Date.parse(day + "T00:00:00Z");
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const phone = () => innerWidth < 640;

function base(extra) {
  return {
    animation: !still && !paper(), useUTC: true, color: palette(), textStyle: { fontFamily: "system-ui, sans-serif", color: colour("ink") },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("card"), borderColor: colour("rule"),
      textStyle: { color: colour("ink"), fontSize: 12, width: 260, overflow: "break" } },
    aria: { enabled: true, decal: { show: false } }, ...extra,
  };
}
const axis = (extra) => ({ axisLine: { lineStyle: { color: colour("soft") } }, axisTick: { lineStyle: { color: colour("rule") } },
  axisLabel: { color: colour("soft"), hideOverlap: true }, splitLine: { lineStyle: { color: colour("rule") } },
  nameTextStyle: { color: colour("soft") }, ...extra });
const legend = () => ({ top: 0, textStyle: { color: colour("soft") }, inactiveColor: colour("rule"), itemWidth: 14, itemHeight: 9, itemGap: 10 });
// The height of a legend: its words stand in as many rows as they need.
function legendHeight(names, place) {
  let rows = 1, used = 0;
  for (const name of names) {
    const wide = 30 + 7 * name.length;
    if (used && used + wide > place.clientWidth) { rows += 1; used = 0; }
    used += wide;
  }
  return 22 * rows;
}
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const signed = (value) => (value > 0 ? "+" : value < 0 ? "\u2212" : "") + Math.abs(Math.round(value * 100) / 100);

function draw(id, option, after) {
  const place = document.getElementById(id);
  if (!place) return;
  echarts.getInstanceByDom(place)?.dispose();
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(option(place));
  after?.(chart);
  const known = drawn.findIndex((one) => one.id === id);
  if (known >= 0) drawn.splice(known, 1);
  drawn.push({ id, option, after, chart });
  place.dataset.drawn = "true";
}

function indexChart(data) {
  const up = colour("up"), down = colour("down");
  const bars = data.bins.filter((bin) => bin.index !== null).map((bin) => ({
    value: [when(bin.start), bin.index], bin, itemStyle: { color: bin.index < 0 ? down : up, opacity: 0.75 } }));
  const marks = data.marks.map((mark) => ({ value: [when(mark.day), mark.points], mark,
    itemStyle: { color: mark.points < 0 ? down : mark.points > 0 ? up : colour("level") } }));
  const first = data.bins.length ? when(data.bins[0].start) : null;
  const last = data.bins.length ? when(data.bins.at(-1).end) + DAY : null;
  const shared = { type: "time", min: first, max: last };
  return base({
    grid: [{ left: 44, right: 12, top: 26, height: "46%" }, { left: 44, right: 12, bottom: 34, height: "24%" }],
    xAxis: [axis({ ...shared, gridIndex: 0, axisLabel: { show: false }, splitLine: { show: false } }), axis({ ...shared, gridIndex: 1, splitLine: { show: false } })],
    yAxis: [axis({ gridIndex: 0, name: "index", scale: false, splitNumber: 4 }), axis({ gridIndex: 1, name: "incidents, points each", nameTextStyle: { color: colour("soft"), align: "left", padding: [0, 0, 0, -30] }, splitNumber: 2 })],
    brush: { xAxisIndex: "all", toolbox: [], throttleType: "debounce", throttleDelay: 250,
      brushStyle: { color: "rgba(120,150,190,.2)", borderColor: colour("link") }, outOfBrush: { colorAlpha: 0.25 } },
    toolbox: { show: false },
    tooltip: { ...base({}).tooltip, trigger: "item", formatter: ({ data: item }) => item.bin
      ? `${item.bin.start} to ${item.bin.end}\nIndex ${signed(item.bin.index)} (${signed(item.bin.index_low)} to ${signed(item.bin.index_high)})\n${counted(item.bin.incidents, "incident")}, ${counted(item.bin.mentions, "mention")}`
      : item.mark ? `${item.mark.day}: ${item.mark.label}\n${signed(item.mark.points)} ${Math.abs(item.mark.points) === 1 ? "point" : "points"}` : "" },
    series: [
      { type: "bar", name: "Index", data: bars, xAxisIndex: 0, yAxisIndex: 0, barMaxWidth: 26, barMinWidth: 3,
        markLine: { symbol: "none", silent: true, label: { show: !phone(), color: colour("soft"), formatter: "{b}", fontSize: 11 },
          lineStyle: { color: colour("ink"), type: "dashed", width: 1.2 },
          data: data.shifts.map((shift) => ({ xAxis: when(shift.day), name: shift.direction })) } },
      { type: "scatter", name: "Incidents", data: marks, xAxisIndex: 1, yAxisIndex: 1, symbolSize: 8, itemStyle: { opacity: 0.8 }, cursor: "pointer" },
    ],
  });
}

function brushing(chart) {
  const form = document.getElementById("narrow");
  const time = (range) => range.map((value) => Number(value));
  chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
  // The period is marked on both parts of the chart: what lies outside fades in each.
  const mark = (range) => chart.dispatchAction({ type: "brush", areas: range ? [0, 1].map((xAxisIndex) => ({ brushType: "lineX", xAxisIndex, coordRange: range })) : [] });
  const { since, until } = form.dataset;
  if (since && until) mark([when(since), when(until) + DAY]);
  chart.on("brushEnd", ({ areas }) => {
    const range = areas[0]?.coordRange;
    const flat = range ? time(Array.isArray(range[0]) ? range[0] : range) : null;
    form.elements.from.value = flat ? iso(flat[0]) : "";
    form.elements.to.value = flat ? iso(flat[1]) : "";
    mark(flat);
    form.requestSubmit();
  });
  chart.on("click", ({ data }) => { if (data?.mark) location.href = "/event/" + encodeURIComponent(data.mark.event); });
}

const domains = (agenda) => (agenda[0]?.shares ?? []).map((share) => share.domain).filter((name) => agenda.some((one) => one.shares.some((s) => s.domain === name && s.incidents)));

function agendaChart(agenda, place) {
  const names = domains(agenda);
  const data = agenda.flatMap((one) => one.shares.filter((share) => names.includes(share.domain)).map((share) => [one.start, share.incidents, share.domain.replace("_", " ")]));
  if (agenda.length === 1) return base({ grid: { left: 8, right: 24, top: 10, bottom: 28, containLabel: true }, tooltip: { ...base({}).tooltip, trigger: "item", formatter: ({ name, value }) => `${agenda[0].start.slice(0, 4)} ${name}: ${counted(value, "incident")}` },
    xAxis: axis({ type: "value", minInterval: 1 }), yAxis: axis({ type: "category", inverse: true, data: data.map((one) => one[2]) }),
    series: [{ type: "bar", barMaxWidth: 26, data: data.map((one, number) => ({ value: one[1], itemStyle: { color: palette()[number % 9] } })) }] });
  return base({ legend: legend(), singleAxis: axis({ type: "time", top: 20 + legendHeight(names, place), bottom: 30, left: 20, right: 20 }),
    tooltip: { ...base({}).tooltip, trigger: "axis" },
    series: [{ type: "themeRiver", data, label: { show: false }, emphasis: { focus: "self" }, boundaryGap: ["4%", "4%"] }] });
}

function sankeyChart(channels, names) {
  const short = (code) => names[code] ?? code, edge = phone() ? 92 : 170;
  const nodes = new Map(), colours = palette();
  const kinds = [...new Set(channels.flatMap((cell) => [cell.a, cell.b]).map((code) => code.split(".")[1] ?? ""))];
  const node = (side, code) => nodes.set(`${side} ${code}`, { name: `${side} ${code}`, depth: side === "a" ? 0 : 1, itemStyle: { color: colours[kinds.indexOf(code.split(".")[1] ?? "") % colours.length] } });
  for (const cell of channels) { node("a", cell.a); node("b", cell.b); }
  return base({ series: [{ type: "sankey", left: edge, right: edge, top: 10, bottom: 10, nodeGap: 10, draggable: false, data: [...nodes.values()],
    label: { color: colour("ink"), formatter: ({ name }) => short(name.slice(2)), position: "left", fontSize: phone() ? 10 : 12, lineHeight: phone() ? 11 : 14, width: edge - 8, overflow: "break" },
    levels: [{ depth: 0, label: { position: "left" } }, { depth: 1, label: { position: "right" } }],
    lineStyle: { color: "gradient", opacity: 0.4 },
    tooltip: { formatter: ({ dataType, data }) => dataType === "edge" ? `${short(data.source.slice(2))} \u2013 ${short(data.target.slice(2))}\n${counted(data.value, "contact")}` : short(data.name.slice(2)) },
    links: channels.slice(0, 60).map((cell) => ({ source: "a " + cell.a, target: "b " + cell.b, value: cell.contacts })) }] });
}

function competenceChart(held, told, place) {
  const names = [...new Set(held.flatMap((one) => one.holdings.map((h) => h.institution)))].slice(0, 9);
  const shown = names.map((name) => told[name] ?? name);
  return base({ legend: legend(), grid: { left: 44, right: 12, top: 14 + legendHeight(shown, place), bottom: 28 }, tooltip: { ...base({}).tooltip, trigger: "item", formatter: ({ seriesName, name, value }) => `${name} ${seriesName}: ${Math.round(value)} %` },
    xAxis: axis({ type: "category", data: held.map((one) => one.start.slice(0, 4)) }), yAxis: axis({ type: "value", max: 100, axisLabel: { formatter: "{value} %", color: colour("soft") } }),
    series: names.map((name, number) => ({ type: "bar", name: shown[number], stack: "all", barMaxWidth: 46,
      data: held.map((one) => 100 * (one.holdings.find((h) => h.institution === name)?.share ?? 0)) })) });
}

function calibrationChart(bins) {
  return base({ grid: { left: 52, right: 16, top: 16, bottom: 44 }, tooltip: { ...base({}).tooltip, formatter: ({ data }) => data?.bin ? `said ${Math.round(100 * data.bin.said)} %, seen ${Math.round(100 * data.bin.seen)} %\n${counted(data.bin.n, "forecast")}, 95 %: ${Math.round(100 * data.bin.seen_low)}\u2013${Math.round(100 * data.bin.seen_high)} %` : "" },
    xAxis: axis({ type: "value", min: 0, max: 100, name: "said, %", nameLocation: "middle", nameGap: 28 }), yAxis: axis({ type: "value", min: 0, max: 100, name: "seen, %", nameLocation: "middle", nameGap: 36 }),
    series: [
      { type: "line", data: [[0, 0], [100, 100]], symbol: "none", silent: true, lineStyle: { type: "dashed", color: colour("soft") } },
      { type: "custom", silent: true, data: bins.map((bin) => [100 * bin.said, 100 * bin.seen_low, 100 * bin.seen_high]),
        renderItem: (_, api) => { const low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]);
          return { type: "line", shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: colour("soft"), lineWidth: 1.5 } }; } },
      { type: "scatter", data: bins.map((bin) => ({ value: [100 * bin.said, 100 * bin.seen], bin })), symbolSize: (_, { data }) => 8 + 3 * Math.sqrt(data.bin.n), itemStyle: { color: colour("link") } },
    ] });
}

// Counterparts of one actor in a ring, by country and body; the places are those of the pixels.
function networkChart(data, place) {
  const around = new Map();
  for (const one of data.contacts) {
    const known = around.get(one.country) ?? { code: one.country, names: [], events: 0, conflict: 0 };
    around.set(one.country, { ...known, names: [...known.names, one.name], events: known.events + one.events, conflict: known.conflict + one.conflict });
  }
  const ring = [...around.values()], most = Math.max(...ring.map((one) => one.events), 1);
  const told = Math.max(...data.ties.map((tie) => tie.mentions), 1);
  const edge = phone() ? 52 : 70, wide = place.clientWidth - 2 * edge, tall = place.clientHeight - 68;
  const corners = [[0, 0], [wide, tall]].map(([x, y], number) => ({ name: "corner " + number, x, y, symbolSize: 0, label: { show: false }, silent: true }));
  const nodes = ring.map((one, index) => {
    const angle = 2 * Math.PI * index / ring.length - Math.PI / 2, x = Math.cos(angle), y = Math.sin(angle);
    return { name: one.code, names: one.names, x: wide / 2 * (1 + x), y: tall / 2 * (1 + y), symbolSize: 10 + 22 * Math.sqrt(one.events / most),
      itemStyle: { color: one.conflict * 2 > one.events ? colour("down") : colour("up") }, label: { formatter: one.code.replace(/^.*:/, ""), position: Math.abs(x) > 0.5 ? (x < 0 ? "left" : "right") : y < 0 ? "top" : "bottom" } };
  });
  const middle = { name: data.code, x: wide / 2, y: tall / 2, symbolSize: 40, itemStyle: { color: colour("link") }, label: { position: "bottom", fontWeight: "bold", formatter: data.title } };
  return base({ tooltip: { ...base({}).tooltip, formatter: ({ dataType, data: item }) => dataType === "edge" ? `${item.source} \u2013 ${item.target}: ${item.told}` : [item.name, ...(item.names ?? [data.title])].join("\n") },
    series: [{ type: "graph", layout: "none", roam: false, left: edge, right: edge, top: 34, bottom: 34, data: [middle, ...nodes, ...corners],
      label: { show: true, color: colour("ink"), fontSize: phone() ? 10 : 12 }, lineStyle: { color: colour("soft"), opacity: 0.55, curveness: 0 },
      links: [...data.ties.map((tie) => ({ source: tie.a, target: tie.b, told: counted(tie.mentions, "sentence"), lineStyle: { width: 0.4 + 1.6 * tie.mentions / told, opacity: 0.3, curveness: 0.15 } })),
        ...ring.filter((one) => one.code !== data.code).map((one) => ({ source: data.code, target: one.code, told: counted(one.events, "event"), lineStyle: { width: 1 + 6 * one.events / most } }))] }] });
}

const PAGES = {
  relation(data) {
    draw("index-chart", () => indexChart(data), brushing);
    if (data.agenda.length) draw("agenda-chart", (place) => agendaChart(data.agenda, place));
    if (data.channels.length) draw("sankey-chart", () => sankeyChart(data.channels, data.names));
    if (data.competence.some((one) => one.contacts)) draw("competence-chart", (place) => competenceChart(data.competence, data.names, place));
  },
  forecasts(data) { if (data.calibration.length) draw("calibration-chart", () => calibrationChart(data.calibration)); },
  actor(data) { if (data.contacts.length) draw("network-chart", (place) => networkChart(data, place)); },
};

function start() {
  const place = document.querySelector("script[type='application/json'][data-charts]");
  if (place) PAGES[place.dataset.charts]?.(read(place.id));
}
function again() { for (const one of [...drawn]) draw(one.id, one.option, one.after); }

dark.addEventListener("change", again);
let waiting;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => { if (!paper()) again(); }, 150); });
// Paper is light, and nothing moves on it.
function print(on) { document.documentElement.toggleAttribute("data-paper", on); again(); }
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
start();
