/** ontvangen PROFIEL MAP: haalt wat op u wacht, opent het, bewaart het als MAP/<nummer>.json, bevestigt, en toont de nummers. */
import { join } from "node:path";
import { eis } from "./fout.js";
import { isObj } from "./json.js";
import { ontvang } from "./ontvang.js";
import { hoofd, meld } from "./opdrachtregel.js";

await hoofd("ontvangen PROFIEL MAP", async (sluis, map) => {
  let goed = true;
  for (let cursor = ""; ; ) {
    const lijst = await sluis.json(`/v1/berichten?map=in&status=aangeboden${cursor && `&cursor=${cursor}`}`);
    const berichten = Array.isArray(lijst.berichten) ? lijst.berichten.filter(isObj) : [];
    for (const { id } of berichten) {
      eis(typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id), "de sluis geeft een lijst die niet klopt");
      try {
        await ontvang(sluis, id, join(map, `${id}.json`));
        console.log(id);
      } catch (fout) {
        meld(fout);
        goed = false; // de andere berichten gaan door
      }
    }
    if (berichten.length === 0 || typeof lijst.cursor !== "string" || !/^[0-9a-f-]{36}$/.test(lijst.cursor)) return goed;
    cursor = lijst.cursor;
  }
});
