package demo

import (
	"fmt"

	"github.com/sluis-gateway/sluis/internal/shell"
)

// examples writes the payloads that the hints send.
func (f folder) examples() error {
	for name, from := range map[string]string{"signaal": "n-signaal", "informatieverzoek": "p-vragen", "informatieantwoord": "p-antwoorden"} {
		if err := write(f.example(name), body(from)); err != nil {
			return err
		}
	}
	return nil
}

// hint is something to try: what for, and the command as it can be pasted.
type hint struct{ what, command string }

// Hints are the commands that the demonstration suggests, in an order in which they work. A test runs them as they stand.
func Hints(dir, command string) []hint {
	f := folder(dir)
	roc, police := find("debrug"), find("politie")
	sender := shell.Quote(f.profile(roc, roc.people[0]))
	officer := shell.Quote(f.profile(police, police.people[3]))
	reader := shell.Quote(f.profile(police, police.people[1]))
	flow := fmt.Sprintf("--soort signaal --naar %s/schoolcontactpersoon --convenant %s/1 --gegevens identiteit,signaal,incident", police.oin, school.ID)
	attested := "--verklaring oudersGeinformeerd --verklaring proportioneel"
	return []hint{
		{"Mag ik dit delen? Vraag het eerst", fmt.Sprintf("%s check --profiel %s %s --fase 2 %s", command, sender, flow, attested)},
		{"En in fase 1?", fmt.Sprintf("%s check --profiel %s %s --fase 1 %s", command, sender, flow, attested)},
		{"Stuur zelf een signaal aan de politie", fmt.Sprintf("%s send --profiel %s %s --fase 2 %s --lading %s", command, sender, flow, attested, shell.Quote(f.example("signaal")))},
		{"Kijk wat er bij de schoolcontactpersoon binnenkwam", fmt.Sprintf("%s inbox --profiel %s", command, reader)},
		{"Open het oudste bericht dat wacht, en bevestig het", fmt.Sprintf("%s receive --profiel %s --oudste", command, reader)},
		{"Wat verstuurde het ROC, en is er iemand te laat?", fmt.Sprintf("%s inbox --profiel %s --verstuurd", command, sender)},
		{"Wat moet de privacyfunctionaris van de politie nog beoordelen?", fmt.Sprintf("%s reviews --profiel %s", command, officer)},
		{"Wat vult u in bij een zorgmelding?", fmt.Sprintf("%s kind zorgmelding", command)},
		{"Controleer het hele auditspoor", fmt.Sprintf("%s trail verify --dir %s", command, shell.Quote(f.gateway()))},
	}
}

// hints tells what to try next, and where the gateway is.
func (s *stage) hints(o Options) {
	fmt.Fprintf(o.Out, "\nAlles liep zoals het hoort. De sluis luistert op %s\n(beheer: http://%s).\n", s.gateway.Origin(), s.gateway.Addresses().Admin)
	fmt.Fprintln(o.Out, "Probeer in een ander venster, in deze map:")
	for _, h := range Hints(o.Dir, shell.Quote(o.Command)) {
		fmt.Fprintf(o.Out, "\n  # %s\n  %s\n", h.what, h.command)
	}
	fmt.Fprintln(o.Out, "\nStoppen: Ctrl-C. Opnieuw beginnen: gooi de map weg.")
}
