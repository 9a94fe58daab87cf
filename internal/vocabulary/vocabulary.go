package vocabulary

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
)

// Text is one sentence in two languages.
type Text struct {
	NL string `yaml:"nl"`
	EN string `yaml:"en"`
}

// KindInfo tells what a kind is.
type KindInfo struct {
	Text        Text
	Answers     []Kind // kinds that this kind is an answer to (informatieantwoord answers informatieverzoek); empty for openers
	Anonymous   bool   // never carries a betrokkene (consultvraag, consultadvies)
	AboutPerson bool   // is about a person, tagged or not: from the police it is police data
	Corrects    bool   // puts right what the sender sent to the same recipient in the same case
}

// BasisInfo tells on which law a legal basis rests, and for whom the law gives it.
type BasisInfo struct {
	Text       Text
	Article    string               // of the law
	PoliceData bool                 // a basis of the Wpg or the Besluit politiegegevens
	Decision   string               // "zaak" (Wpg 19) or "samenwerkingsverband" (Wpg 20) when a registered Wpg decision is needed; else ""
	From, To   []Role               // roles for which the law gives it; empty: all
	Kinds      []Kind               // kinds for which it serves; empty: all
	Statements []Statement          // what the sender must state to rely on it
	ForKind    map[Kind][]Statement // and what besides, for a kind
	Categories []Category           // the only ones that it is for; empty: all
	NotBetween []Role               // the law does not give it to two of these
}

// FitsRoles reports whether the law gives this basis to a sender and a recipient of these roles, for this kind.
func (b BasisInfo) FitsRoles(from, to Role, kind Kind) bool {
	between := slices.Contains(b.NotBetween, from) && slices.Contains(b.NotBetween, to)
	return fits(b.From, from) && fits(b.To, to) && fits(b.Kinds, kind) && !between
}

// StatementsFor gives everything that the sender of a message of this kind must state to rely on the basis.
func (b BasisInfo) StatementsFor(kind Kind) []Statement {
	return slices.Concat(b.Statements, b.ForKind[kind])
}

func fits[T comparable](allowed []T, one T) bool {
	return len(allowed) == 0 || slices.Contains(allowed, one)
}

// ConditionInfo tells which parameter a condition takes and whether a rule enforces it already.
type ConditionInfo struct {
	Text      Text
	Short     Text // in a table; {waarde} stands for the parameter in words
	Parameter Parameter
	List      string // of a list: the list of the vocabulary that its codes come from ([Vocabulary.Codes])
	Min, Max  int    // of a number, and of `aantal` in an object
	Enforced  bool   // there is a rule for it; a convenant may only use such conditions
	Reasons   []Reason
}

// Parameter is the form of a condition's parameter.
type Parameter string

// The forms of a parameter.
const (
	NoParameter     Parameter = "geen"
	NumberParameter Parameter = "getal"
	ListParameter   Parameter = "lijst"
	ObjectParameter Parameter = "object" // {aantal, per}: a number in a period
)

// ReasonInfo is how a reason is told.
type ReasonInfo struct {
	Sentence Text   // with {placeholders}, see [Fill]
	Advice   Text   // who to turn to, what would be allowed
	Article  string // of the law, where the law and not the convenant says so; else ""
	Rank     int    // reasons are told in this order, the lowest first
}

// Vocabulary is everything loaded. It is immutable and safe for concurrent use.
type Vocabulary struct {
	w       words
	kinds   []Kind
	labels  map[string]Text
	codes   map[string][]string
	reasons map[Reason]ReasonInfo
	data    map[string]any
	digest  digest.SHA256
	texts   map[string]string
}

// HasRole reports whether the role exists.
func (v *Vocabulary) HasRole(r Role) bool { return has(v.w.Roles, r) }

// RolePhrase gives a role as it stands in a sentence ("de politie"); the code itself when unknown.
func (v *Vocabulary) RolePhrase(r Role) Text {
	role, ok := v.w.Roles[r]
	if !ok {
		return Text{NL: string(r), EN: string(r)}
	}
	return role.Phrase
}

// HasFunction reports whether a party of this role can have somebody in this function.
func (v *Vocabulary) HasFunction(r Role, f Function) bool {
	role, ok := v.w.Roles[r]
	return ok && (slices.Contains(role.Functions, f) || slices.Contains(v.w.EveryRole, f))
}

// FunctionsOf lists the functions that a party of this role can have, sorted.
func (v *Vocabulary) FunctionsOf(r Role) []string {
	var list []string
	for _, f := range slices.Concat(v.w.Roles[r].Functions, v.w.EveryRole) {
		list = append(list, string(f))
	}
	slices.Sort(list)
	return list
}

// HasSchoolType reports whether the kind of education exists.
func (v *Vocabulary) HasSchoolType(t SchoolType) bool { return has(v.w.SchoolTypes, t) }

// Kind gives what a kind of message is.
func (v *Vocabulary) Kind(k Kind) (KindInfo, bool) {
	e, ok := v.w.Kinds[k]
	return KindInfo(e), ok
}

// Kinds lists all kinds, sorted. The caller must not change it.
func (v *Vocabulary) Kinds() []Kind { return v.kinds }

// HasPurpose reports whether the purpose exists; opsporing does, although no convenant may allow it ([Vocabulary.NeverAllowed]).
func (v *Vocabulary) HasPurpose(p Purpose) bool { return has(v.w.Purposes, p) }

// NeverAllowed reports that no convenant can allow the purpose.
func (v *Vocabulary) NeverAllowed(p Purpose) bool { return v.w.Purposes[p].Never }

// HasBasis reports whether the legal basis exists.
func (v *Vocabulary) HasBasis(b Basis) bool { return has(v.w.Bases, b) }

// Basis gives what a legal basis rests on.
func (v *Vocabulary) Basis(b Basis) (BasisInfo, bool) {
	e, ok := v.w.Bases[b]
	return BasisInfo(e), ok
}

// HasCategory reports whether the category of data exists.
func (v *Vocabulary) HasCategory(c Category) bool { return has(v.w.Categories, c) }

// WhoKnows gives the function that a person can turn to about a category of data; "" when there is none in particular.
func (v *Vocabulary) WhoKnows(c Category) Function { return v.w.Categories[c].Ask }

// SpecialLaw gives the law that forbids or bounds sharing a category unless it gives an exception itself (special and criminal
// data, police data); "" for other categories.
func (v *Vocabulary) SpecialLaw(c Category) string { return v.w.Categories[c].Law }

// PointsOut reports whether somebody can be recognised by a category: an anonymous message holds no such data.
func (v *Vocabulary) PointsOut(c Category) bool { return v.w.Categories[c].PointsOut }

// Condition gives what a condition is.
func (v *Vocabulary) Condition(c Condition) (ConditionInfo, bool) {
	e, ok := v.w.Conditions[c]
	return ConditionInfo(e), ok
}

// HasStatement reports whether the statement is one of the closed list.
func (v *Vocabulary) HasStatement(s Statement) bool { return has(v.w.Statements, s) }

// HasTheme reports whether the theme exists.
func (v *Vocabulary) HasTheme(t Theme) bool { return has(v.w.Themes, t) }

// HasAgeGroup reports whether the age group exists.
func (v *Vocabulary) HasAgeGroup(a AgeGroup) bool { return has(v.w.AgeGroups, a) }

// HasUrgency reports whether the urgency exists.
func (v *Vocabulary) HasUrgency(u Urgency) bool { return has(v.w.Urgencies, u) }

// HasLogReason reports whether somebody may look into the trail for this (logdoel).
func (v *Vocabulary) HasLogReason(r string) bool { return has(v.w.LogReasons, r) }

// StatementPhrase gives a statement as it stands after "U verklaart dat"; the code itself when unknown.
func (v *Vocabulary) StatementPhrase(s Statement) Text {
	if t, ok := v.w.Statements[s]; ok {
		return t
	}
	return Text{NL: string(s), EN: string(s)}
}

// PhaseAdvice gives what belongs to a phase of the fasekaart instead of a report; ok is false outside 1 to 3.
func (v *Vocabulary) PhaseAdvice(phase int) (Text, bool) {
	e, ok := v.w.Phases[phase]
	return e.Advice, ok
}

// Reason gives how a reason is told; ok is false for an unknown code.
func (v *Vocabulary) Reason(r Reason) (ReasonInfo, bool) {
	info, ok := v.reasons[r]
	return info, ok
}

// Label gives the Dutch label of any code ("veiligheidscoordinator" → "veiligheidscoördinator"); the code itself when unknown.
func (v *Vocabulary) Label(code string) string {
	if t, ok := v.labels[code]; ok {
		return t.NL
	}
	return code
}

// Data is the vocabulary as the Rego rules see it under data.vocabulaire: JSON values only. The caller must not change it.
func (v *Vocabulary) Data() map[string]any { return v.data }

// Digest covers the text of every file that was loaded: part of what a decision was made by.
func (v *Vocabulary) Digest() digest.SHA256 { return v.digest }

// Texts are the files that were loaded, by path: what [Restore] reads. The caller must not change them.
func (v *Vocabulary) Texts() map[string]string { return v.texts }

func has[K comparable, E any](list map[K]E, code K) bool {
	_, ok := list[code]
	return ok
}
