package client

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

// person is somebody whom a payload is about, as the schemas write a betrokkene. It stays in memory.
type person struct {
	place           string
	name, born, bsn string
}

// people finds everybody in a payload body: every object that holds a bsn, or a name with a date of birth.
func people(body []byte) ([]person, error) {
	var top any
	if err := json.Unmarshal(withoutFiles(body), &top); err != nil {
		return nil, fault.List{{Place: "lading", Message: "is geen geldige JSON"}}
	}
	var found []person
	walk(top, "lading", &found)
	return found, nil
}

func walk(v any, place string, found *[]person) {
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			walk(item, fmt.Sprintf("%s[%d]", place, i), found)
		}
	case map[string]any:
		p := person{place: place}
		p.name, _ = v["naam"].(string)
		p.born, _ = v["geboortedatum"].(string)
		p.bsn, _ = v["bsn"].(string)
		if p.bsn != "" || p.name != "" && p.born != "" {
			*found = append(*found, p)
		}
		for name, inner := range v {
			walk(inner, place+"."+name, found)
		}
	}
}

// tags gives the tags of everybody in a body under the party's own search key (WIRE, "Tags"): only the own party can find a
// person with them. Its errors are a fault.List.
func (p *Profile) tags(messageID string, body []byte) ([]string, error) {
	found, err := people(body)
	if err != nil || len(found) == 0 {
		return []string{}, err
	}
	if p.searchKey == nil {
		return nil, fault.List{{Place: fileSearchKey, Message: "ontbreekt; zonder zoeksleutel kan uw organisatie dit bericht later niet terugvinden. Vraag de privacyfunctionaris"}}
	}
	var faults fault.List
	seen := map[string]bool{}
	tags := []string{}
	add := func(place, tag string, err error) {
		if err != nil {
			faults.Add(place, "naam met geboortedatum, of bsn, klopt niet: een bsn voldoet aan de elfproef, een datum is zoals 2010-05-31")
		} else if !seen[tag] {
			seen[tag] = true
			tags = append(tags, tag)
		}
	}
	for _, who := range found {
		if who.bsn != "" {
			tag, err := p.searchKey.TagBSN(messageID, who.bsn)
			add(who.place, tag, err)
		}
		if who.name != "" && who.born != "" {
			tag, err := p.searchKey.TagName(messageID, who.name, who.born)
			add(who.place, tag, err)
		}
	}
	return tags, faults.Err()
}

// questions counts the questions in a body, nil when its kind has none: a condition of the convenant limits them.
func questions(body []byte) *int {
	var asked struct {
		Questions []json.RawMessage `json:"vragen"`
	}
	if json.Unmarshal(withoutFiles(body), &asked) != nil || asked.Questions == nil {
		return nil
	}
	n := len(asked.Questions)
	return &n
}

// undeclared gives the categories that stand in a body and were not declared, sorted.
func undeclared[T comparable](present, declared []T) []T {
	missing := []T{}
	for _, p := range present {
		if !has(declared, p) {
			missing = append(missing, p)
		}
	}
	return missing
}

// checkBody holds a body to the schema of its kind and to what was declared.
func (c *Client) checkBody(d Draft) error {
	if len(d.Body) > message.MaxPayload {
		return fault.List{{Place: "lading", Message: "is te groot"}}
	}
	if err := c.schemas().Validate(d.Kind, d.Body); err != nil {
		var found fault.List
		if errors.As(err, &found) { // a fault of the whole has no place, and the user must know which file is meant
			for i := range found {
				if found[i].Place == "" {
					found[i].Place = "lading"
				}
			}
		}
		return err
	}
	present, err := c.schemas().Categories(d.Kind, d.Body)
	if err != nil {
		return err
	}
	var faults fault.List
	for _, category := range undeclared(present, d.Categories) {
		faults.Add("gegevens", "de lading bevat gegevens van de categorie %s, die u niet hebt aangegeven; geef ze aan of haal ze weg", category)
	}
	return faults.Err()
}
