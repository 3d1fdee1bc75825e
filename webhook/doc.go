/*
Package webhook receives the notifications that Intercom sends to a URL of
yours when something happens in a workspace.

	h, err := webhook.NewHandler(clientSecret)
	if err != nil {
		return err
	}
	webhook.On(h, webhook.ConversationUserReplied,
		func(ctx context.Context, e *webhook.Event[intercom.Conversation]) error {
			return answer(ctx, e.Item)
		})
	http.Handle("/intercom", h)

A [Topic] knows the type of the object that its notifications carry, so the
compiler checks that a function fits its topic. [Handler.OnOther] gets the
topics that have no function of their own, and for a topic that the library
does not list you say the type yourself:

	const CallEnded webhook.Topic[Call] = "call.ended"

# What a Handler does

It checks the signature of the raw body in constant time before it decodes
anything, with any number of secrets while you rotate them ([WithSecret]). It
drops notifications that were handled before ([WithStore]), turns a panic of a
function into an answer of 500, and tells of everything that went wrong through
[WithErrorHook]. It answers

	200 after the function succeeded, when there is nothing to do, to HEAD and to pings
	400 to a body that is not a notification
	401 to a signature that is missing, malformed or wrong
	405 to other methods
	409 to a notification that is being handled right now
	413 to a body that is too large
	500 when the function failed or panicked
	503 when the queue of WithWorkers is full, and after Shutdown

# What Intercom does

A delivery that is not answered with 2xx within five seconds is sent once more,
a minute later, and then never again. More than a thousand failures in a row
within 15 minutes pause all deliveries for 15 minutes, seven days of failures
end the subscription. Notifications come in any order, and now and then twice.

Work that may take longer than five seconds goes to [WithWorkers], or, if it must
not be lost when the process dies, to a queue of your own: a [Notification] is
JSON both ways, and [Handler.Dispatch] handles what comes out of the queue.

People with a router of their own use [Parse], [Decode] and [StatusCode].

See https://developers.intercom.com/docs/references/2.8/rest-api/webhooks/webhook-models
*/
package webhook
