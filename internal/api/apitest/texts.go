package apitest

import (
	"strings"

	"github.com/pb33f/libopenapi-validator/errors"
)

// texts tells what the validator found, in one line each.
func texts(errs []*errors.ValidationError) string {
	var lines []string
	for _, e := range errs {
		lines = append(lines, e.Message+": "+e.Reason)
		for _, s := range e.SchemaValidationErrors {
			lines = append(lines, "  "+s.FieldPath+" "+s.Reason)
		}
	}
	return "\n" + strings.Join(lines, "\n")
}
