package postgres

import "strings"

// array writes texts as one array of PostgreSQL ('{"a","b"}', PostgreSQL, 8.15.2). Rows of arrays cannot be sent as an array of arrays,
// which would all have to be of one length; so each is sent as a text and read as an array there.
func array(texts []string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, text := range texts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		quoting.WriteString(&b, text)
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String()
}

var quoting = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
