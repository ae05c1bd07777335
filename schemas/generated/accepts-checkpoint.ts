// @ts-nocheck
/* Generated from the JSON Schema of the same name by `npm run generate`. */
function countCharacters(text) {
  let count = 0
  for (const _ of text) count++
  return count
}
export const acceptsCheckpoint = validate0;
const schema0 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Checkpoint","description":"A claim about what is already durable in the destination. It is committed in one transaction with the rows it speaks of.","type":"object","additionalProperties":false,"required":["version"],"properties":{"version":{"const":1},"through":{"description":"Every record that changed before this second is in the destination. Absent: nothing is claimed.","type":"integer"},"since":{"description":"Where the claim begins, the pipeline's start date: records that changed before this second were not asked for. Absent: from the beginning.","type":"integer"},"reading":{"$ref":"#/definitions/Reading"},"replacedAt":{"description":"Full refresh: when the generation in the table was read, Unix seconds.","type":"integer"}},"definitions":{"Reading":{"title":"Reading","description":"A read that was not finished: its windows that are not yet durable to their end.","type":"object","additionalProperties":false,"required":["through","windows"],"properties":{"through":{"description":"What may be claimed when all windows are done.","type":"integer"},"since":{"description":"From where on it may be claimed then. Absent: from the beginning.","type":"integer"},"windowPages":{"description":"About how many pages a window of this read should have: only one that has many more is cut. Absent: no window was cut yet.","type":"integer","minimum":1},"windows":{"type":"array","items":{"$ref":"#/definitions/OpenWindow"}}}},"OpenWindow":{"title":"OpenWindow","type":"object","additionalProperties":false,"properties":{"partition":{"description":"Which of the manifest's partitions, from 0.","type":"integer","minimum":0},"after":{"description":"Unix seconds, the bound as asked. Absent: from the beginning.","type":"integer"},"before":{"description":"Unix seconds, the bound as asked. Absent: no upper bound.","type":"integer"},"again":{"description":"Read after all others, for what changed since the read began: a record that changes moves within its list.","type":"boolean"},"position":{"description":"Where in this window's list everything before is durable: a cursor that names a position in the data, or a page number. Only a shortcut: refused by the API, the window is read again.","type":["string","integer"]},"parents":{"description":"Parents beyond the position whose children are durable: key → the version that was read.","type":"object","additionalProperties":{"type":["integer","string","number","null"]}}}}}};
const schema1 = {"title":"Reading","description":"A read that was not finished: its windows that are not yet durable to their end.","type":"object","additionalProperties":false,"required":["through","windows"],"properties":{"through":{"description":"What may be claimed when all windows are done.","type":"integer"},"since":{"description":"From where on it may be claimed then. Absent: from the beginning.","type":"integer"},"windowPages":{"description":"About how many pages a window of this read should have: only one that has many more is cut. Absent: no window was cut yet.","type":"integer","minimum":1},"windows":{"type":"array","items":{"$ref":"#/definitions/OpenWindow"}}}};
const schema2 = {"title":"OpenWindow","type":"object","additionalProperties":false,"properties":{"partition":{"description":"Which of the manifest's partitions, from 0.","type":"integer","minimum":0},"after":{"description":"Unix seconds, the bound as asked. Absent: from the beginning.","type":"integer"},"before":{"description":"Unix seconds, the bound as asked. Absent: no upper bound.","type":"integer"},"again":{"description":"Read after all others, for what changed since the read began: a record that changes moves within its list.","type":"boolean"},"position":{"description":"Where in this window's list everything before is durable: a cursor that names a position in the data, or a page number. Only a shortcut: refused by the API, the window is read again.","type":["string","integer"]},"parents":{"description":"Parents beyond the position whose children are durable: key → the version that was read.","type":"object","additionalProperties":{"type":["integer","string","number","null"]}}}};

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.through === undefined) && (missing0 = "through")) || ((data.windows === undefined) && (missing0 = "windows"))){
validate1.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "through") || (key0 === "since")) || (key0 === "windowPages")) || (key0 === "windows"))){
validate1.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.through !== undefined){
let data0 = data.through;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate1.errors = [{instancePath:instancePath+"/through",schemaPath:"#/properties/through/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.since !== undefined){
let data1 = data.since;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate1.errors = [{instancePath:instancePath+"/since",schemaPath:"#/properties/since/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.windowPages !== undefined){
let data2 = data.windowPages;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate1.errors = [{instancePath:instancePath+"/windowPages",schemaPath:"#/properties/windowPages/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 1 || isNaN(data2)){
validate1.errors = [{instancePath:instancePath+"/windowPages",schemaPath:"#/properties/windowPages/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.windows !== undefined){
let data3 = data.windows;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
const _errs10 = errors;
const _errs11 = errors;
if(errors === _errs11){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
const _errs13 = errors;
for(const key1 in data4){
if(!((((((key1 === "partition") || (key1 === "after")) || (key1 === "before")) || (key1 === "again")) || (key1 === "position")) || (key1 === "parents"))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0,schemaPath:"#/definitions/OpenWindow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs13 === errors){
if(data4.partition !== undefined){
let data5 = data4.partition;
const _errs14 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/partition",schemaPath:"#/definitions/OpenWindow/properties/partition/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs14){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/partition",schemaPath:"#/definitions/OpenWindow/properties/partition/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.after !== undefined){
let data6 = data4.after;
const _errs16 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/after",schemaPath:"#/definitions/OpenWindow/properties/after/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.before !== undefined){
let data7 = data4.before;
const _errs18 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/before",schemaPath:"#/definitions/OpenWindow/properties/before/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.again !== undefined){
const _errs20 = errors;
if(typeof data4.again !== "boolean"){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/again",schemaPath:"#/definitions/OpenWindow/properties/again/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.position !== undefined){
let data9 = data4.position;
const _errs22 = errors;
if((typeof data9 !== "string") && (!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9))))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/position",schemaPath:"#/definitions/OpenWindow/properties/position/type",keyword:"type",params:{type: schema2.properties.position.type}}];
return false;
}
var valid3 = _errs22 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.parents !== undefined){
let data10 = data4.parents;
const _errs24 = errors;
if(errors === _errs24){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
let data11 = data10[key2];
const _errs27 = errors;
if(((typeof data11 !== "string") && (!((typeof data11 == "number") && (isFinite(data11))))) && (data11 !== null)){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/parents/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/OpenWindow/properties/parents/additionalProperties/type",keyword:"type",params:{type: schema2.properties.parents.additionalProperties.type}}];
return false;
}
var valid4 = _errs27 === errors;
if(!valid4){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/parents",schemaPath:"#/definitions/OpenWindow/properties/parents/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/windows/" + i0,schemaPath:"#/definitions/OpenWindow/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate1.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate1.errors = vErrors;
return errors === 0;
}


function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.version === undefined) && (missing0 = "version")){
validate0.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "version") || (key0 === "through")) || (key0 === "since")) || (key0 === "reading")) || (key0 === "replacedAt"))){
validate0.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.version !== undefined){
const _errs2 = errors;
if(1 !== data.version){
validate0.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.through !== undefined){
let data1 = data.through;
const _errs3 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate0.errors = [{instancePath:instancePath+"/through",schemaPath:"#/properties/through/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.since !== undefined){
let data2 = data.since;
const _errs5 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate0.errors = [{instancePath:instancePath+"/since",schemaPath:"#/properties/since/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reading !== undefined){
const _errs7 = errors;
if(!(validate1(data.reading, {instancePath:instancePath+"/reading",parentData:data,parentDataProperty:"reading",rootData}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.replacedAt !== undefined){
let data4 = data.replacedAt;
const _errs8 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate0.errors = [{instancePath:instancePath+"/replacedAt",schemaPath:"#/properties/replacedAt/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate0.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate0.errors = vErrors;
return errors === 0;
}
