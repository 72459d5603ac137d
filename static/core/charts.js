/* Draws the figures that json_script put in the page, once the page is there and a chart
   is looked at; on a wide screen at once, so that it is on paper, too. Vectors that print well, patterns
   beside colours, a spoken description, and no HTML tooltip, which the CSP would strip. */
(function () {
  "use strict";

  const PROGRAM = document.currentScript.dataset.program;
  const WIDE = "(min-width: 768px)";
  const COLORS = ["#98201a", "#2f5d8a", "#b07d1e", "#3f7350", "#6b4a86", "#56606d"];
  const FONT = getComputedStyle(document.body).fontFamily;

  function seriesOf(data) {
    return data.series.map(function (one) {
      return {
        name: one.name,
        type: data.kind || "bar",
        barMaxWidth: 40,
        data: one.values.map(function (value, index) {
          return { value: value, url: one.urls ? one.urls[index] : undefined };
        }),
      };
    });
  }

  function optionOf(data) {
    return {
      color: COLORS,
      textStyle: { fontFamily: FONT, fontSize: 13 },
      aria: { enabled: true, decal: { show: true } },
      animation: false,
      legend: { show: data.series.length > 1, top: 0 },
      grid: { left: 8, right: 16, top: 48, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: { type: "category", data: data.labels, axisLabel: { interval: "auto", hideOverlap: true } },
      yAxis: { type: "value", name: data.unit || "" },
      series: seriesOf(data),
    };
  }

  /* A bar links to its rows; the table beside the chart has the same links for the keyboard. */
  function followOnClick(chart) {
    chart.on("click", function (point) {
      if (point.data && point.data.url) {
        window.location.assign(point.data.url);
      }
    });
  }

  function draw(place) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
    const chart = echarts.init(place, null, { renderer: "svg", locale: locale });
    chart.setOption(optionOf(data));
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", place.dataset.label);
    followOnClick(chart);
    new ResizeObserver(function () { chart.resize(); }).observe(place);
    window.addEventListener("beforeprint", function () { chart.resize(); });
  }

  function fetchAndDraw(places) {
    const program = document.createElement("script");
    program.src = PROGRAM;
    program.addEventListener("load", function () { places.forEach(draw); });
    program.addEventListener("error", function () {
      places.forEach(function (place) { place.hidden = true; });
    });
    document.head.append(program);
  }

  function drawWhenSeen() {
    const places = Array.from(document.querySelectorAll("[data-chart]"));
    if (!places.length) {
      return;
    }
    if (window.matchMedia(WIDE).matches) {
      fetchAndDraw(places);
      return;
    }
    const observer = new IntersectionObserver(function (seen) {
      if (seen.some(function (one) { return one.isIntersecting; })) {
        observer.disconnect();
        fetchAndDraw(places);
      }
    }, { rootMargin: "200px" });
    places.forEach(function (place) { observer.observe(place); });
  }

  window.addEventListener("load", drawWhenSeen);
})();
