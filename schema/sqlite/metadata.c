/* Tables that describe a database to those who made its format, by their well-known names. */
#include "schema/sqlite/catalogue.h"

/*
 * A name says that only where the tables of hallmark are there as well, for anybody may call a
 * table data_licenses. GeoPackage: OGC 12-128r18, annex A and its extensions; SpatiaLite 4 and
 * 5: what InitSpatialMetaDataFull() and the functions of styles and raster coverages make.
 * Their indexes are virtual tables, and known by that.
 */
static const struct format {
	const char *reason;
	const char *hallmark[2];
	const char *const *names;
} formats[] = {
	{ "it is statistics of SQLite",
	  { NULL, NULL },
	  (const char *const[]){ "sqlite_stat1", "sqlite_stat2", "sqlite_stat3", "sqlite_stat4",
				 NULL } },
	{ "it is metadata of GeoPackage",
	  { "gpkg_contents", "gpkg_spatial_ref_sys" },
	  (const char *const[]){
	      "gpkg_contents", "gpkg_spatial_ref_sys", "gpkg_geometry_columns",
	      "gpkg_tile_matrix", "gpkg_tile_matrix_set", "gpkg_extensions", "gpkg_metadata",
	      "gpkg_metadata_reference", "gpkg_data_columns", "gpkg_data_column_constraints",
	      "gpkg_2d_gridded_coverage_ancillary", "gpkg_2d_gridded_tile_ancillary",
	      "gpkg_ogr_contents", "gpkgext_relations", NULL } },
	{ "it is metadata of SpatiaLite",
	  { "spatial_ref_sys", "geometry_columns" },
	  (const char *const[]){ "spatial_ref_sys",
				 "spatial_ref_sys_aux",
				 "geometry_columns",
				 "geometry_columns_auth",
				 "geometry_columns_field_infos",
				 "geometry_columns_statistics",
				 "geometry_columns_time",
				 "views_geometry_columns",
				 "views_geometry_columns_auth",
				 "views_geometry_columns_field_infos",
				 "views_geometry_columns_statistics",
				 "virts_geometry_columns",
				 "virts_geometry_columns_auth",
				 "virts_geometry_columns_field_infos",
				 "virts_geometry_columns_statistics",
				 "layer_params",
				 "layer_statistics",
				 "layer_sub_classes",
				 "layer_table_layout",
				 "pattern_bitmaps",
				 "symbol_bitmaps",
				 "project_defs",
				 "raster_pyramids",
				 "spatialite_history",
				 "sql_statements_log",
				 "data_licenses",
				 "networks",
				 "topologies",
				 "iso_metadata",
				 "iso_metadata_reference",
				 "raster_coverages",
				 "raster_coverages_srid",
				 "raster_coverages_keyword",
				 "vector_coverages",
				 "vector_coverages_srid",
				 "vector_coverages_keyword",
				 "wms_getcapabilities",
				 "wms_getmap",
				 "wms_settings",
				 "wms_ref_sys",
				 "stored_procedures",
				 "stored_variables",
				 "rl2map_configurations",
				 "SE_external_graphics",
				 "SE_fonts",
				 "SE_vector_styles",
				 "SE_raster_styles",
				 "SE_group_styles",
				 "SE_vector_styled_layers",
				 "SE_raster_styled_layers",
				 "SE_styled_groups",
				 "SE_styled_group_refs",
				 "SE_styled_group_styles",
				 NULL } },
};

static bool
is_one(const struct format *f, struct str name)
{
	size_t i = 0;

	while (f->names[i] && !str_eq_nocase(name, str_cstr(f->names[i])))
		i++;
	return f->names[i] != NULL;
}

static bool
has_table(struct catalogue *cat, const char *name)
{
	const struct object *object;

	if (!name)
		return true;
	object = catalogue_object(cat, str_cstr(name));
	return object && object->table;
}

const char *
catalogue_metadata(struct catalogue *cat, struct str name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (is_one(&formats[i], name) && has_table(cat, formats[i].hallmark[0]) &&
		    has_table(cat, formats[i].hallmark[1]))
			return formats[i].reason;
	return NULL;
}
