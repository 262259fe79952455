-- Tags that were given before they had a column; apart from 0504, so that no lock on the tables is held meanwhile.
update city_case set tags = array(select json_array_elements_text(doc #> '{data,tags}'))
where json_typeof(doc #> '{data,tags}') = 'array' and json_array_length(doc #> '{data,tags}') > 0;
update report set tags = array(select json_array_elements_text(doc #> '{data,tags}'))
where json_typeof(doc #> '{data,tags}') = 'array' and json_array_length(doc #> '{data,tags}') > 0;
