#!/usr/bin/python3
"""The load of the recording: people who ask, sessions that answer, and work that piles up.

  driver.py PORT gateway EXPORTER_PORT RATE   asks the session manager, and exports how that went
  driver.py PORT worker QUEUE SECONDS         takes messages, works SECONDS on each, answers if asked
  driver.py PORT publisher QUEUE RATE BYTES   sends messages
  driver.py PORT users COUNT                  keeps connections open

PORT is the broker's for AMQP. All of them connect again whenever the broker is back.
"""
import collections
import sys
import time

import pika
import prometheus_client as prometheus
from prometheus_client.core import GaugeMetricFamily

TIMEOUT_S = 1.0
WINDOW_S = 30.0
# Sessions are asked for and answered; orders are kept; what is archived lies on the disk only, and
# pictures in memory only.
QUEUES = {
    "sessions": {},
    "orders": {"durable": True},
    "archive": {"durable": True, "arguments": {"x-queue-mode": "lazy"}},
    "pictures": {},
}


def connect(port):
    """A connection and its channel, with all queues declared, or None while there is no broker."""
    try:
        where = pika.ConnectionParameters("127.0.0.1", port, heartbeat=0, socket_timeout=2)
        connection = pika.BlockingConnection(where)
        channel = connection.channel()
        for name, options in QUEUES.items():
            channel.queue_declare(name, **options)
        return connection, channel
    except (pika.exceptions.AMQPError, OSError):
        return None


def close(connection):
    try:
        connection.close()
    except (pika.exceptions.AMQPError, OSError):
        pass


def forever(port, work):
    """Calls work(connection, channel) again and again, with a new connection when one is lost."""
    while True:
        link = connect(port)
        if link is None:
            time.sleep(1)
            continue
        try:
            work(*link)
        except (pika.exceptions.AMQPError, OSError):
            close(link[0])
            time.sleep(1)


class Gateway:
    """Asks RATE times a second, and counts each question once: answered in time, or not."""

    def __init__(self, port, exporter_port, rate):
        self.port, self.step_s = port, 1 / rate
        self.asked = collections.OrderedDict()
        self.answered = collections.deque()
        self.link, self.blocked, self.retry_at = None, False, 0.0
        self.requests = prometheus.Counter("gateway_requests", "Questions by result", ["result"])
        for result in ("ok", "timeout", "refused"):
            self.requests.labels(result)
        self.seconds = prometheus.Histogram(
            "gateway_request_duration_seconds", "Time to the answer",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1))
        prometheus.REGISTRY.register(self)
        prometheus.start_http_server(exporter_port, "127.0.0.1")

    def collect(self):
        """Quantiles of the last half minute, as a client library with summaries has them."""
        now = time.monotonic()
        waits = sorted(wait for at, wait in list(self.answered) if at > now - WINDOW_S)
        metric = GaugeMetricFamily(
            "gateway_latency_seconds", "Time to the answer, in 30 s", labels=["quantile"])
        if waits:
            for part in ("0.5", "0.95", "0.99"):
                metric.add_metric([part], waits[int(float(part) * (len(waits) - 1))])
        yield metric

    def block(self, blocked):
        self.blocked = blocked

    def open(self, now):
        if now < self.retry_at:
            return
        self.retry_at = now + 1
        self.link = connect(self.port)
        if self.link is None:
            return
        connection, channel = self.link
        self.blocked = False
        connection.add_on_connection_blocked_callback(lambda *_: self.block(True))
        connection.add_on_connection_unblocked_callback(lambda *_: self.block(False))
        channel.basic_consume("amq.rabbitmq.reply-to", self.answer, auto_ack=True)

    def answer(self, _channel, _method, properties, _body):
        now = time.monotonic()
        began = self.asked.pop(properties.correlation_id, None)
        if began is None:
            return
        self.requests.labels("ok").inc()
        self.seconds.observe(now - began)
        self.answered.append((now, now - began))

    def ask(self, now, number):
        if self.link is None:
            self.open(now)
        if self.link is None or self.blocked:
            self.requests.labels("refused").inc()
            return
        what = pika.BasicProperties(reply_to="amq.rabbitmq.reply-to", correlation_id=str(number))
        self.asked[str(number)] = now
        self.link[1].basic_publish("", "sessions", b"who is it?", what)

    def give_up(self, now):
        while self.asked and next(iter(self.asked.values())) < now - TIMEOUT_S:
            self.asked.popitem(last=False)
            self.requests.labels("timeout").inc()
        while self.answered and self.answered[0][0] < now - WINDOW_S:
            self.answered.popleft()

    def run(self):
        number, due = 0, time.monotonic()
        while True:
            try:
                self.ask(time.monotonic(), number)
                number, due = number + 1, due + self.step_s
                while (left := due - time.monotonic()) > 0:
                    if self.link is None:
                        time.sleep(left)
                    else:
                        self.link[0].process_data_events(left)
            except (pika.exceptions.AMQPError, OSError):
                self.requests.labels("refused").inc(len(self.asked))
                self.asked.clear()
                close(self.link[0])
                self.link, number, due = None, number + 1, time.monotonic()
            self.give_up(time.monotonic())


def worker(port, queue, seconds):
    def work(channel, method, properties, body):
        time.sleep(seconds)
        if properties.reply_to:
            same = pika.BasicProperties(correlation_id=properties.correlation_id)
            channel.basic_publish("", properties.reply_to, body, same)
        channel.basic_ack(method.delivery_tag)

    def consume(_connection, channel):
        channel.basic_qos(prefetch_count=20)
        channel.basic_consume(queue, work)
        channel.start_consuming()

    forever(port, consume)


def publisher(port, queue, rate, size):
    kept = pika.BasicProperties(delivery_mode=2 if QUEUES[queue].get("durable") else 1)

    def publish(connection, channel):
        due = time.monotonic()
        while True:
            channel.basic_publish("", queue, bytes(size), kept)
            due = max(due + 1 / rate, time.monotonic() - 1)
            connection.process_data_events(max(0.0, due - time.monotonic()))

    forever(port, publish)


def users(port, count):
    links = [None] * count
    while True:
        for place, link in enumerate(links):
            try:
                links[place] = link or connect(port)
                if links[place]:
                    links[place][0].process_data_events(0)
            except (pika.exceptions.AMQPError, OSError):
                close(link[0])
                links[place] = None
        time.sleep(1)


def main():
    port, role, *rest = sys.argv[1:]
    if role == "gateway":
        Gateway(int(port), int(rest[0]), float(rest[1])).run()
    elif role == "worker":
        worker(int(port), rest[0], float(rest[1]))
    elif role == "publisher":
        publisher(int(port), rest[0], float(rest[1]), int(rest[2]))
    elif role == "users":
        users(int(port), int(rest[0]))
    else:
        sys.exit(__doc__)


main()
