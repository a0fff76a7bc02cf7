package dev.windrow.runtime.report;

/** Takes note of deliveries, in the order of the plan. */
interface DeliverySink {

    void take(Delivery delivery);
}
