// Who may write what.
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

void shared_journal::be_patient(std::int64_t micros) noexcept {
  patience_ = std::chrono::microseconds{micros};
}

shared_log::taking shared_journal::take(const std::string& store,
                                        const std::string& sku,
                                        std::int64_t now_ms) {
  return guarded([&] {
    const sku_view of{store, sku};
    taking result;
    const auto found = files_->read(of);
    if (policy_.wait_ms(found, now_ms) > 0)
      return result;
    result.is_stolen = policy_.is_stolen(found);
    // It is this process's own: its actor has begun anew.
    if (found)
      replaced_.push_back(found->token);
    result.token = leases_.grant(of, policy_.with().owner, now_.end.last_seq);
    changes_.push_back({sku_key(of), policy_.granted(result.token, now_ms)});
    return result;
  });
}

shared_log::standing shared_journal::confirm(const std::string& store,
                                             const std::string& sku,
                                             std::uint64_t token,
                                             std::int64_t now_ms) {
  return guarded([&] {
    const sku_view of{store, sku};
    if (leases_.token_of(of) != token) {
      held_.erase(token);
      return standing::lost;
    }
    writes_as_.insert_or_assign(sku_key(of), token);
    if (!is_due({store, sku}, token, now_ms))
      return standing::held;
    changes_.push_back({sku_key(of), policy_.renewed(held_.at(token), now_ms)});
    return standing::renewed;
  });
}

bool shared_journal::is_due(const leased_name&, std::uint64_t token,
                            std::int64_t now_ms) const {
  const auto mine = held_.find(token);
  return mine != held_.end() && policy_.must_renew(mine->second, now_ms);
}

bool shared_journal::is_newest(const std::string& store, const std::string& sku,
                               std::uint64_t token) {
  return reading([&] { return leases_.token_of({store, sku}) == token; });
}

void shared_journal::give_up(const std::string& store, const std::string& sku,
                             std::uint64_t token, std::int64_t now_ms) {
  guarded([&] {
    const sku_view of{store, sku};
    const auto mine = held_.find(token);
    if (mine != held_.end() && leases_.token_of(of) == token)
      changes_.push_back(
          {sku_key(of),
           policy_.given_up(mine->second, files_->wish(of), now_ms)});
    else
      held_.erase(token);
  });
}

std::vector<leased_name> shared_journal::wanted(std::int64_t now_ms) {
  std::vector<leased_name> names;
  for (auto& [of, wish] : files_->wishes()) {
    if (wish.until_ms < now_ms) {
      // Should it be repeated just now, its next repetition stays.
      files_->remove_wish({of.first, of.second});
      continue;
    }
    const auto is = files_->read({of.first, of.second});
    if (is && policy_.must_give_way(*is, wish, now_ms))
      names.push_back(std::move(of));
  }
  return names;
}

void shared_journal::apply_file_changes() {
  for (const auto token : replaced_)
    held_.erase(token);
  replaced_.clear();
  for (const auto& [of, is] : changes_) {
    if (is.holder == 0) {
      held_.erase(is.token);
      if (is.next != 0)
        files_->write(of, is);
      else
        files_->remove(of);
      files_->remove_wish(of);
      continue;
    }
    const auto is_new = held_.insert_or_assign(is.token, is).second;
    files_->write(of, is);
    if (const auto wish = files_->wish(of);
        is_new && wish && wish->who == policy_.with().self)
      files_->remove_wish(of);
  }
  changes_.clear();
}

} // namespace holdfast::storage
