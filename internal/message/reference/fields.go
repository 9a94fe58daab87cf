package reference

import (
	"slices"
	"strconv"
	"strings"
)

// field is one row of a page's table.
type field struct {
	path     string // `betrokkenen[].naam`
	required bool   // in the object that it is part of
	form     string // in words
	category string // code, "geen", "opgegeven", or "" for what only holds other fields
	text     string
}

// fields lists everything that a payload can hold, a part before what is in it.
func (s schema) fields() []field {
	var list []field
	s.collect(s, "", &list)
	return list
}

func (s schema) collect(root schema, path string, list *[]field) {
	for _, p := range s.Properties {
		one := p.resolved(root)
		at := strings.TrimPrefix(path+"."+p.name, ".")
		row := field{path: at, required: slices.Contains(s.Required, p.name), form: one.form(root), category: one.Category, text: one.Description}
		if one.Items == nil {
			*list = append(*list, row)
			one.collect(root, at, list)
			continue
		}
		item := one.Items.resolved(root)
		row.category = item.Category
		*list = append(*list, row)
		item.collect(root, at+"[]", list)
	}
}

// categories gives the categories that each payload of the kind has, and those that it can have besides, sorted.
func (s schema) categories() (always, maybe []string) {
	s.sort(s, true, &always, &maybe)
	slices.Sort(always)
	slices.Sort(maybe)
	always, maybe = slices.Compact(always), slices.Compact(maybe)
	return always, slices.DeleteFunc(maybe, func(c string) bool { return slices.Contains(always, c) })
}

func (s schema) sort(root schema, certain bool, always, maybe *[]string) {
	s = s.resolved(root)
	for _, p := range s.Properties {
		p.sort(root, certain && slices.Contains(s.Required, p.name), always, maybe)
	}
	if s.Items != nil {
		s.Items.sort(root, certain && s.MinItems > 0, always, maybe)
	}
	switch {
	case s.Category == "" || s.Category == "geen" || s.Category == "opgegeven":
	case certain:
		*always = append(*always, s.Category)
	default:
		*maybe = append(*maybe, s.Category)
	}
}

// form says in words what a value looks like.
func (s schema) form(root schema) string {
	switch {
	case len(s.Enum) > 0:
		return "één van: " + strings.Join(s.Enum, ", ")
	case s.Type == "array":
		return "lijst van " + strconv.Itoa(s.MinItems) + " tot en met " + strconv.Itoa(s.MaxItems) + ": " + s.Items.resolved(root).form(root)
	case s.Type == "object":
		return "onderdeel"
	case s.Type == "boolean":
		return "true of false"
	case s.Type == "integer":
		return "geheel getal van " + strconv.Itoa(s.Minimum) + " tot en met " + strconv.Itoa(s.Maximum)
	case s.Format == "date":
		return "datum"
	case s.Format == "date-time":
		return "tijdstip"
	case s.Format == "bsn":
		return "burgerservicenummer"
	case s.Encoding != "":
		return s.Encoding
	case s.Pattern != "":
		return "tekst in een vaste vorm, hoogstens " + strconv.Itoa(s.MaxLength) + " tekens"
	}
	return "tekst, hoogstens " + strconv.Itoa(s.MaxLength) + " tekens"
}
