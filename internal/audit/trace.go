package audit

import "context"

type traceKey struct{}

type traceIDs struct{ trace, span string }

// WithTrace puts the ids of W3C Trace Context into ctx: trace of 32, span of 16 lower-case hexadecimal digits. The sequencer
// writes them into the records of a Change that is committed under ctx, where a record has none of its own (Logboek
// Dataverwerkingen: a call across organisations is one trace).
func WithTrace(ctx context.Context, traceID, spanID string) context.Context {
	return context.WithValue(ctx, traceKey{}, traceIDs{traceID, spanID})
}

// Trace gives the ids that WithTrace put into ctx; both are "" when there are none.
func Trace(ctx context.Context) (traceID, spanID string) {
	ids, _ := ctx.Value(traceKey{}).(traceIDs)
	return ids.trace, ids.span
}
