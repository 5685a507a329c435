#include "http/page_reader.hpp"

#include "http/preconditions.hpp"
#include "http/problem.hpp"

namespace holdfast::http {

std::variant<api_response, page_request, operation_ptr>
read_page(const api_request& request, const request_target& target,
          const route_match& match, std::string_view request_id,
          faults&& found) {
  page_request asked;
  faults in_path;
  for (std::size_t i = 0; i < match.captured.size(); ++i) {
    if (match.captured[i].malformed)
      add_fault(in_path, "", "an escape in the path is malformed");
    asked.captured[i] = match.captured[i].text;
  }
  if (!in_path.empty())
    return render_problem(in_path, request_id);
  if (!request.body.empty() && !is_json(request.content_type))
    return render_problem(error_code::unsupported_media_type, request_id);
  refuse_duplicate(request, found);
  if (!found.empty())
    return render_problem(found, request_id);
  asked.which = match.hit->page;
  asked.request_id = request_id;
  asked.query = target.query();
  asked.body = request.body;
  return asked;
}

} // namespace holdfast::http
