/** versturen PROFIEL OPDRACHT: verstuurt een bericht en toont het nummer. */
import { readFileSync } from "node:fs";
import { eis } from "./fout.js";
import { isObj, streng } from "./json.js";
import { hoofd } from "./opdrachtregel.js";
import { verstuur, type Opdracht } from "./verstuur.js";

await hoofd("versturen PROFIEL OPDRACHT", async (sluis, bestand) => {
  const opdracht = streng(readFileSync(bestand));
  eis(isObj(opdracht) && isObj(opdracht.inhoud) && isObj(opdracht.naar) && isObj(opdracht.convenant) && Array.isArray(opdracht.gegevens),
    "de opdracht is niet goed ingevuld; zie opdracht.json");
  console.log(await verstuur(sluis, opdracht as unknown as Opdracht));
  return true;
});
