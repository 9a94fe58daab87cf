package policy

// known are the facts that a class fixes, by their place, and how the value is written. A fact that is not here is unknown when the
// rules are worked out, so that forgetting one costs time and never a wrong answer. Left out on purpose is what differs from message
// to message: moments, names and numbers of people, parties and cases.
var known = map[string]func(*classText, *Facts){
	"vastgesteld.kantooruren": func(w *classText, f *Facts) { w.truth(f.Established.Office) },
	"vastgesteld.betrokkenen": func(w *classText, f *Facts) { w.number(f.Established.Subjects) },
	"vastgesteld.motivering":  func(w *classText, f *Facts) { w.truth(f.Established.Motivated) },

	"vastgesteld.convenant.id":                   func(w *classText, f *Facts) { w.text(f.Established.Convenant.ID) },
	"vastgesteld.convenant.bekend":               func(w *classText, f *Facts) { w.truth(f.Established.Convenant.Known) },
	"vastgesteld.convenant.vanKracht":            func(w *classText, f *Facts) { w.truth(f.Established.Convenant.InForce) },
	"vastgesteld.convenant.samenwerkingsverband": func(w *classText, f *Facts) { w.text(f.Established.Convenant.Alliance) },
	"vastgesteld.convenant.stromen":              func(*classText, *Facts) {}, // class.flow and class.n

	"vastgesteld.afzender.rol":            func(w *classText, f *Facts) { w.text(string(f.Established.Sender.Role)) },
	"vastgesteld.afzender.soortOnderwijs": func(w *classText, f *Facts) { writeOptional(w, f.Established.Sender.SchoolType) },
	"vastgesteld.afzender.inConvenant":    func(w *classText, f *Facts) { w.truth(f.Established.Sender.Member) },
	"vastgesteld.afzender.gepind":         func(w *classText, f *Facts) { w.truth(f.Established.Sender.Pinned) },
	"vastgesteld.afzender.kaartGeldig":    func(w *classText, f *Facts) { w.truth(f.Established.Sender.CardValid) },
	"vastgesteld.afzender.functie":        func(w *classText, f *Facts) { w.text(string(f.Established.Sender.Function)) },
	"vastgesteld.afzender.opKaart":        func(w *classText, f *Facts) { w.truth(f.Established.Sender.OnCard) },

	"vastgesteld.ontvanger.rol":            func(w *classText, f *Facts) { w.text(string(f.Established.Recipient.Role)) },
	"vastgesteld.ontvanger.soortOnderwijs": func(w *classText, f *Facts) { writeOptional(w, f.Established.Recipient.SchoolType) },
	"vastgesteld.ontvanger.inConvenant":    func(w *classText, f *Facts) { w.truth(f.Established.Recipient.Member) },
	"vastgesteld.ontvanger.gepind":         func(w *classText, f *Facts) { w.truth(f.Established.Recipient.Pinned) },
	"vastgesteld.ontvanger.kaartGeldig":    func(w *classText, f *Facts) { w.truth(f.Established.Recipient.CardValid) },
	"vastgesteld.ontvanger.functie":        func(w *classText, f *Facts) { w.text(string(f.Established.Recipient.Function)) },

	"vastgesteld.antwoordOp.bekend": ofReply(func(w *classText, r *ReplyFacts) { w.truth(r.Known) }),
	"vastgesteld.antwoordOp.soort":  ofReply(func(w *classText, r *ReplyFacts) { w.text(string(r.Kind)) }),

	"vastgesteld.zaak.nieuw":             func(w *classText, f *Facts) { w.truth(f.Established.Case.New) },
	"vastgesteld.zaak.betrokken":         func(w *classText, f *Facts) { w.truth(f.Established.Case.Member) },
	"vastgesteld.zaak.checkBeantwoord":   func(w *classText, f *Facts) { w.truth(f.Established.Case.Checked) },
	"vastgesteld.zaak.gestuurd":          func(w *classText, f *Facts) { writeList(w, f.Established.Case.Sent) },
	"vastgesteld.zaak.gestuurdeGegevens": func(w *classText, f *Facts) { writeList(w, f.Established.Case.SentCategories) },

	"vastgesteld.wpgBesluit.nummer":               ofWpg(func(w *classText, d *WpgFacts) { w.text(d.Number) }),
	"vastgesteld.wpgBesluit.bekend":               ofWpg(func(w *classText, d *WpgFacts) { w.truth(d.Known) }),
	"vastgesteld.wpgBesluit.geldig":               ofWpg(func(w *classText, d *WpgFacts) { w.truth(d.Valid) }),
	"vastgesteld.wpgBesluit.grondslag":            ofWpg(func(w *classText, d *WpgFacts) { w.text(string(d.Basis)) }),
	"vastgesteld.wpgBesluit.samenwerkingsverband": ofWpg(func(w *classText, d *WpgFacts) { w.text(d.Alliance) }),
	"vastgesteld.wpgBesluit.zaak":                 ofWpg(func(w *classText, d *WpgFacts) { writeOptional(w, d.Case) }),
	"vastgesteld.wpgBesluit.doelen":               ofWpg(func(w *classText, d *WpgFacts) { writeList(w, d.Purposes) }),
	"vastgesteld.wpgBesluit.gegevens":             ofWpg(func(w *classText, d *WpgFacts) { writeList(w, d.Categories) }),
	"vastgesteld.wpgBesluit.ontvangers":           ofWpg(func(w *classText, d *WpgFacts) { writeList(w, d.Recipients) }),
	"vastgesteld.wpgBesluit.convenant":            ofWpg(func(w *classText, d *WpgFacts) { writeOptional(w, d.Convenant) }),

	"gesteld.soort":          func(w *classText, f *Facts) { w.text(string(f.Stated.Kind)) },
	"gesteld.doel":           func(w *classText, f *Facts) { w.text(string(f.Stated.Purpose)) },
	"gesteld.grondslag":      func(w *classText, f *Facts) { w.text(string(f.Stated.Basis)) },
	"gesteld.gegevens":       func(w *classText, f *Facts) { writeList(w, f.Stated.Categories) },
	"gesteld.fase":           func(w *classText, f *Facts) { w.optionalNumber(f.Stated.Phase) },
	"gesteld.urgentie":       func(w *classText, f *Facts) { w.text(string(f.Stated.Urgency)) },
	"gesteld.aantalVragen":   func(w *classText, f *Facts) { w.optionalNumber(f.Stated.Questions) },
	"gesteld.thema":          func(w *classText, f *Facts) { writeOptional(w, f.Stated.Theme) },
	"gesteld.leeftijdsgroep": func(w *classText, f *Facts) { writeOptional(w, f.Stated.AgeGroup) },
	"gesteld.verklaringen":   func(w *classText, f *Facts) { w.statements(f.Stated.Statements) },
}

func ofReply(write func(*classText, *ReplyFacts)) func(*classText, *Facts) {
	return func(w *classText, f *Facts) {
		if r := f.Established.InReplyTo; w.there(r != nil) {
			write(w, r)
		}
	}
}

// ofWpg: what a decision covers stands in the class too. A police force has few that are valid, and uses each many times.
func ofWpg(write func(*classText, *WpgFacts)) func(*classText, *Facts) {
	return func(w *classText, f *Facts) {
		if d := f.Established.Wpg; w.there(d != nil) {
			write(w, d)
		}
	}
}
