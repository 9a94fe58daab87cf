/** Wat de twee opdrachten gemeen hebben: profiel lezen, fouten in gewone taal tonen, en de exitcode. */
import { Fout } from "./fout.js";
import { leesProfiel } from "./profiel.js";
import { Sluis } from "./sluis.js";

/** meld toont een fout. Van een fout die geen Fout is, toont het alleen de soort: de tekst kan iets uit een bericht bevatten. */
export function meld(fout: unknown): void {
  console.error(`sluis: ${fout instanceof Fout ? fout.message : `onverwacht: ${fout instanceof Error ? fout.name : "fout"}`}`);
}

/** hoofd voert een opdracht uit. */
export async function hoofd(gebruik: string, doe: (sluis: Sluis, argument: string, nog?: string) => Promise<boolean>): Promise<void> {
  process.umask(0o077);
  const [map, argument, nog] = process.argv.slice(2);
  if (!map || !argument) {
    console.error(`gebruik: ${gebruik}`);
    process.exitCode = 2;
    return;
  }
  let sluis: Sluis | undefined;
  try {
    sluis = new Sluis(await leesProfiel(map));
    process.exitCode = (await doe(sluis, argument, nog)) ? 0 : 1;
  } catch (fout) {
    meld(fout);
    process.exitCode = 1;
  } finally {
    sluis?.sluit();
  }
}
