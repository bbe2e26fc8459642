/* Charts that answer: the picture the server drew becomes a chart one can point at and follow; without this file it stays. */
(() => {
  "use strict";
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;

  function tell(handler, event, item, value) {
    if (value == null || value === "") { tip.hidden = true; return; }
    const rows = Object.entries(value).map(([name, said]) => {
      const row = document.createElement("div");
      const bold = document.createElement("b");
      bold.textContent = String(said);
      row.append(`${name} `, bold);
      return row;
    });
    tip.replaceChildren(...rows);
    tip.hidden = false;
    const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const above = event.clientY - tip.offsetHeight - 12;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 8 ? above : event.clientY + 18}px`;
  }

  let bundle = null;
  function load(address) {
    bundle ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return bundle;
  }

  async function enliven(figure) {
    const image = figure.querySelector("img");
    const answer = await fetch(image.currentSrc.replace("figure.svg", "figure.json"));
    if (!answer.ok) return;
    const [spec] = await Promise.all([answer.json(), load(figure.dataset.script)]);
    spec.width = image.clientWidth;
    spec.height = image.clientHeight;
    const holder = document.createElement("div");
    holder.className = "live";
    holder.style.width = `${image.clientWidth}px`;
    figure.append(holder);
    try {
      // `ast` reads the expressions of a chart instead of compiling them, which the site's policy forbids.
      await window.vegaEmbed(holder, spec, { ast: true, actions: false, defaultStyle: false, renderer: "canvas", tooltip: tell });
    } catch (fault) {
      holder.remove();
      throw fault;
    }
    figure.addEventListener("pointerleave", () => { tip.hidden = true; });
  }

  // A picture that had to wait too long on a busy server is asked for again, a few times.
  for (const image of document.querySelectorAll("[data-chart] img")) {
    let tries = 0;
    const again = () => {
      if (++tries > 5) return;
      setTimeout(() => {
        for (const source of image.parentElement.querySelectorAll("source")) source.srcset = source.getAttribute("srcset");
        image.src = image.getAttribute("src");
      }, 1500 * tries);
    };
    image.addEventListener("error", again);
    if (image.complete && !image.naturalWidth && image.currentSrc) again();
  }

  const thrifty = navigator.connection && navigator.connection.saveData;
  const figures = [...document.querySelectorAll("[data-chart]")];
  if (!figures.length || thrifty || !("IntersectionObserver" in window)) return;
  document.body.append(tip);
  const later = window.requestIdleCallback || ((work) => setTimeout(work, 200));
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      const image = target.querySelector("img");
      const start = () => later(() => enliven(target));
      if (image.complete && image.naturalWidth) start();
      else image.addEventListener("load", start, { once: true });
    }
  });
  figures.forEach((one) => watch.observe(one));
})();
