/** ontvangen PROFIEL MAP [BERICHT]: haalt wat op u wacht, opent het, bewaart het als MAP/<nummer>.json, bevestigt, en toont de nummers. */
import { join } from "node:path";
import { eis } from "./fout.js";
import { isObj } from "./json.js";
import { ontvang } from "./ontvang.js";
import { hoofd, meld } from "./opdrachtregel.js";

const vorm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

await hoofd("ontvangen PROFIEL MAP [BERICHT]", async (sluis, map, bericht) => {
  const een = async (id: string): Promise<boolean> => {
    try {
      eis(vorm.test(id), "dit is geen nummer van een bericht");
      await ontvang(sluis, id, join(map, `${id}.json`));
      console.log(id);
      return true;
    } catch (fout) {
      meld(fout);
      return false; // de andere berichten gaan door
    }
  };
  if (bericht) return een(bericht);
  let goed = true;
  for (let cursor = ""; ; ) {
    const lijst = await sluis.json(`/v1/berichten?map=in&status=aangeboden${cursor && `&cursor=${cursor}`}`);
    const berichten = Array.isArray(lijst.berichten) ? lijst.berichten.filter(isObj) : [];
    for (const { id } of berichten) goed = (await een(String(id))) && goed;
    if (berichten.length === 0 || typeof lijst.cursor !== "string" || !/^[0-9a-f-]{36}$/.test(lijst.cursor)) return goed;
    cursor = lijst.cursor;
  }
});
