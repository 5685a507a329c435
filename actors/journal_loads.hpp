// What SKU actors begin with: their state, and a lease where they need one.
#pragma once

#include "actors/journal_writer.hpp"

namespace holdfast {

/// It sees what came in before it, and is answered at once if that is written.
void add_load(writer_pointer self, load_request what, sku_actor who);

/// Before a commit: answers loads of SKUs that nothing in the queue concerns,
/// for as long as a commit takes. Who waits for one would else wait for two.
void answer_free_loads(writer_pointer self);

/// After a commit: answers the loads that see no more than it wrote. One that
/// takes long is only begun.
void answer_loads(writer_pointer self);

/// A few more steps for loads that take long: as much time as the last commit
/// took. Whoever writes something else meanwhile waits for no more than that.
void go_on_with_loads(writer_pointer self);

} // namespace holdfast
