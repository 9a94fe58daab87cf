package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

var (
	factsShape       = newShape("vastgesteld", "gesteld")
	establishedShape = newShape("tijd", "kantooruren", "convenant", "afzender", "ontvanger", "antwoordOp", "zaak", "wpgBesluit", "betrokkenen", "motivering",
		"medeondertekening", "verstuurd")
	convenantShape = newShape("id", "versie", "bekend", "vanKracht", "vervangenDoor", "digest", "samenwerkingsverband", "regels", "doelen", "stromen")
	personShape    = newShape("partij", "rol", "soortOnderwijs", "inConvenant", "gepind", "kaartGeldig", "ondertekend", "deelnemer", "functie", "opKaart")
	recipientShape = newShape("partij", "rol", "soortOnderwijs", "inConvenant", "gepind", "kaartGeldig", "ondertekend", "functie", "deelnemers")
	addresseeShape = newShape("id", "opKaart", "kaartGeldig")
	replyShape     = newShape("bekend", "soort", "convenant")
	caseShape      = newShape("id", "nieuw", "betrokken", "checkBeantwoord", "gestuurd", "gestuurdeGegevens")
	wpgShape       = newShape("nummer", "bekend", "geldig", "grondslag", "samenwerkingsverband", "zaak", "doelen", "gegevens", "ontvangers", "convenant")
	coSignerShape  = newShape("deelnemer", "ander", "kaartGeldig")
	countShape     = newShape("per", "aantal")
	statedShape    = newShape("soort", "doel", "grondslag", "gegevens", "fase", "urgentie", "aantalVragen", "thema", "leeftijdsgroep", "verklaringen")
)

// input gives the facts as the rules see them: exactly the value of their JSON.
func (e *Engine) input(f Facts) (ast.Value, error) {
	flows, err := e.flows.terms(f.Established.Convenant.Flows)
	if err != nil {
		return nil, err
	}
	return factsShape.object(establishedTerm(f.Established, flows), statedTerm(f.Stated)).Value, nil
}

func establishedTerm(f Established, flows *ast.Term) *ast.Term {
	c := f.Convenant
	return establishedShape.object(
		textTerm(f.Time),
		boolTerm(f.Office),
		convenantShape.object(textTerm(c.ID), numberTerm(c.Version), boolTerm(c.Known), boolTerm(c.InForce), optional(c.ReplacedBy, numberTerm), textTerm(c.Digest),
			textTerm(c.Alliance), boolTerm(c.Rules), listTerm(c.Purposes, textTerm), flows),
		personTerm(f.Sender),
		recipientTerm(f.Recipient),
		optional(f.InReplyTo, replyTerm),
		caseTerm(f.Case),
		optional(f.Wpg, wpgTerm),
		numberTerm(f.Subjects),
		boolTerm(f.Motivated),
		optional(f.CoSigned, coSignerTerm),
		listTerm(f.Sent, countTerm),
	)
}

func replyTerm(r ReplyFacts) *ast.Term {
	return replyShape.object(boolTerm(r.Known), textTerm(r.Kind), textTerm(r.Convenant))
}

func caseTerm(c CaseFacts) *ast.Term {
	return caseShape.object(textTerm(c.ID), boolTerm(c.New), boolTerm(c.Member), boolTerm(c.Checked), listTerm(c.Sent, textTerm),
		listTerm(c.SentCategories, textTerm))
}

func coSignerTerm(c CoSignerFacts) *ast.Term {
	return coSignerShape.object(textTerm(c.Participant), boolTerm(c.Other), boolTerm(c.CardValid))
}

func countTerm(c CountFacts) *ast.Term {
	return countShape.object(textTerm(c.Per), numberTerm(c.Count))
}

func personTerm(p PersonFacts) *ast.Term {
	return personShape.object(textTerm(p.Party), textTerm(p.Role), optional(p.SchoolType, textTerm), boolTerm(p.Member), boolTerm(p.Pinned),
		boolTerm(p.CardValid), boolTerm(p.Signed), textTerm(p.Participant), textTerm(p.Function), boolTerm(p.OnCard))
}

func recipientTerm(r RecipientFacts) *ast.Term {
	return recipientShape.object(textTerm(r.Party), textTerm(r.Role), optional(r.SchoolType, textTerm), boolTerm(r.Member), boolTerm(r.Pinned),
		boolTerm(r.CardValid), boolTerm(r.Signed), textTerm(r.Function), listTerm(r.People, func(a AddresseeFacts) *ast.Term {
			return addresseeShape.object(textTerm(a.ID), boolTerm(a.OnCard), boolTerm(a.CardValid))
		}))
}

func wpgTerm(w WpgFacts) *ast.Term {
	return wpgShape.object(textTerm(w.Number), boolTerm(w.Known), boolTerm(w.Valid), textTerm(w.Basis), textTerm(w.Alliance),
		optional(w.Case, textTerm), listTerm(w.Purposes, textTerm), listTerm(w.Categories, textTerm), listTerm(w.Recipients, textTerm), optional(w.Convenant, textTerm))
}

func statedTerm(s Stated) *ast.Term {
	return statedShape.object(textTerm(s.Kind), textTerm(s.Purpose), textTerm(s.Basis), listTerm(s.Categories, textTerm),
		optional(s.Phase, numberTerm), textTerm(s.Urgency), optional(s.Questions, numberTerm), optional(s.Theme, textTerm),
		optional(s.AgeGroup, textTerm), statementsTerm(s.Statements))
}

func statementsTerm(statements map[vocabulary.Statement]bool) *ast.Term {
	if statements == nil {
		return ast.InternedNullTerm
	}
	items := make([][2]*ast.Term, 0, len(statements))
	for statement, value := range statements {
		items = append(items, [2]*ast.Term{textTerm(statement), boolTerm(value)})
	}
	return ast.ObjectTerm(items...)
}
