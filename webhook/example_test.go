package webhook_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/webhook"
)

// deliver sends a handler what Intercom would send, and prints its answer.
func deliver(h http.Handler, body string) {
	r := httptest.NewRequest(http.MethodPost, "/intercom", strings.NewReader(body))
	r.Header.Set(webhook.SignatureHeader, webhook.Sign("client secret", []byte(body)))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Println(w.Code)
}

func Example() {
	h, err := webhook.NewHandler("client secret")
	if err != nil {
		log.Fatal(err)
	}
	webhook.On(h, webhook.ContactUserCreated, func(_ context.Context, e *webhook.Event[intercom.Contact]) error {
		fmt.Println("welcome,", e.Item.Name)
		return nil
	})
	// http.Handle("/intercom", h)

	deliver(h, `{"topic":"contact.user.created","id":"notif_1","data":{"item":{"type":"contact","name":"Ada"}}}`)
	deliver(h, `{"topic":"contact.user.created","id":"notif_1","data":{"item":{"type":"contact","name":"Ada"}}}`)
	// Output:
	// welcome, Ada
	// 200
	// 200
}

// A topic that the library does not list needs its name and a type.
func ExampleTopic() {
	type Call struct {
		ID       string `json:"id"`
		Duration int    `json:"duration"`
	}
	const CallEnded webhook.Topic[Call] = "call.ended"

	h, err := webhook.NewHandler("client secret")
	if err != nil {
		log.Fatal(err)
	}
	webhook.On(h, CallEnded, func(_ context.Context, e *webhook.Event[Call]) error {
		fmt.Println("call", e.Item.ID, "took", time.Duration(e.Item.Duration)*time.Second)
		return nil
	})
	deliver(h, `{"topic":"call.ended","id":"notif_2","data":{"item":{"id":"77","duration":95}}}`)
	// Output:
	// call 77 took 1m35s
	// 200
}

func ExampleHandler_OnOther() {
	h, err := webhook.NewHandler("client secret")
	if err != nil {
		log.Fatal(err)
	}
	h.OnOther(func(_ context.Context, n *webhook.Notification) error {
		fmt.Printf("%s: %s\n", n.Topic, n.RawItem)
		return nil
	})
	deliver(h, `{"topic":"job.completed","id":"notif_3","data":{"item":{"id":"j-5"}}}`)
	// Output:
	// job.completed: {"id":"j-5"}
	// 200
}

// Answers come at once, and the work is done by four workers.
func ExampleWithWorkers() {
	h, err := webhook.NewHandler("client secret",
		webhook.WithWorkers(4, 1000),
		webhook.WithErrorHook(func(_ context.Context, _ *webhook.Notification, err error) { log.Print(err) }),
	)
	if err != nil {
		log.Fatal(err)
	}
	webhook.On(h, webhook.EventCreated, func(_ context.Context, e *webhook.Event[intercom.Event]) error {
		fmt.Println(e.Item.Name)
		return nil
	})
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	// … until the process is told to end:

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil { // no more requests
		log.Print(err)
	}
	if err := h.Shutdown(ctx); err != nil { // no more work
		log.Print(err)
	}
	// Output:
}

// For a router of your own there is Parse.
func ExampleParse() {
	receive := func(w http.ResponseWriter, r *http.Request) {
		n, err := webhook.Parse(r, "client secret", "the secret before")
		if err != nil {
			http.Error(w, "refused", webhook.StatusCode(err))
			return
		}
		switch n.Topic {
		case string(webhook.CompanyCreated):
			e, err := webhook.Decode(n, webhook.CompanyCreated)
			if err != nil {
				http.Error(w, "failed", webhook.StatusCode(err))
				return
			}
			fmt.Println("new company:", e.Item.Name)
		case string(webhook.Ping):
			fmt.Println("ping")
		}
	}
	deliver(http.HandlerFunc(receive), `{"topic":"company.created","id":"notif_4","data":{"item":{"type":"company","name":"Harbour"}}}`)
	// Output:
	// new company: Harbour
	// 200
}

// What must not be lost goes to a queue of your own and is handled from there.
func ExampleHandler_Dispatch() {
	queue := make(chan []byte, 1) // stands for one that outlives the process

	receiver, err := webhook.NewHandler("client secret")
	if err != nil {
		log.Fatal(err)
	}
	receiver.OnOther(func(_ context.Context, n *webhook.Notification) error {
		message, err := json.Marshal(n)
		queue <- message
		return err
	})
	deliver(receiver, `{"topic":"event.created","id":"notif_5","data":{"item":{"event_name":"booked-berth"}}}`)

	worker, err := webhook.NewHandler("client secret")
	if err != nil {
		log.Fatal(err)
	}
	webhook.On(worker, webhook.EventCreated, func(_ context.Context, e *webhook.Event[intercom.Event]) error {
		fmt.Println(e.Item.Name)
		return nil
	})
	var n webhook.Notification
	if err := json.Unmarshal(<-queue, &n); err != nil {
		log.Fatal(err)
	}
	if err := worker.Dispatch(context.Background(), &n); err != nil {
		log.Fatal(err) // leave it in the queue
	}
	// Output:
	// 200
	// booked-berth
}
