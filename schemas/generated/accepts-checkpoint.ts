// @ts-nocheck
/* Generated from the JSON Schema of the same name by `npm run generate`. */
function countCharacters(text) {
  let count = 0
  for (const _ of text) count++
  return count
}
export const acceptsCheckpoint = validate0;
const schema0 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Checkpoint","description":"A claim about what is already durable in the destination. It is committed in one transaction with the rows it speaks of.","type":"object","additionalProperties":false,"required":["version"],"properties":{"version":{"const":1},"through":{"description":"Every record that changed before this second is in the destination. Absent: nothing is claimed.","type":"integer"},"since":{"description":"Where the claim begins, the pipeline's start date: records that changed before this second were not asked for. Absent: from the beginning.","type":"integer"},"reading":{"$ref":"#/definitions/Reading"},"vanished":{"description":"Records that were listed, and could not be found when they were asked for. The next reads look for each once more: some APIs find them again.","type":"array","items":{"$ref":"#/definitions/VanishedRecord"}},"replacedAt":{"description":"Full refresh: when the generation in the table was read, Unix seconds.","type":"integer"}},"definitions":{"Reading":{"title":"Reading","description":"A read that was not finished: its windows that are not yet durable to their end.","type":"object","additionalProperties":false,"required":["through","windows"],"properties":{"through":{"description":"What may be claimed when all windows are done.","type":"integer"},"since":{"description":"From where on it may be claimed then. Absent: from the beginning.","type":"integer"},"windowPages":{"description":"About how many pages a window of this read should have: only one that has many more is cut. Absent: no window was cut yet.","type":"integer","minimum":1},"windows":{"type":"array","items":{"$ref":"#/definitions/OpenWindow"}}}},"VanishedRecord":{"title":"VanishedRecord","type":"object","additionalProperties":false,"required":["key","time"],"properties":{"key":{"description":"Its primary key as text.","type":"string"},"time":{"description":"When the version that was listed had changed, Unix seconds.","type":"number"},"partition":{"description":"Of which of the manifest's partitions, from 0.","type":"integer","minimum":0},"times":{"description":"How many reads could not find it. Absent: one.","type":"integer","minimum":1},"unread":{"description":"It was not gone: the API failed to give what belongs to it, of these objects. It is looked for until it does.","type":"array","items":{"type":"string"}}}},"OpenWindow":{"title":"OpenWindow","type":"object","additionalProperties":false,"properties":{"partition":{"description":"Which of the manifest's partitions, from 0.","type":"integer","minimum":0},"after":{"description":"Unix seconds, the bound as asked. Absent: from the beginning.","type":"integer"},"before":{"description":"Unix seconds, the bound as asked. Absent: no upper bound.","type":"integer"},"vanished":{"description":"Keys of records that vanished before, and are wanted once more although their version is claimed.","type":"array","items":{"type":"string"}},"only":{"description":"Nothing but what vanished is wanted of this window.","type":"boolean"},"again":{"description":"Read after all others, for what changed since the read began: a record that changes moves within its list.","type":"boolean"},"suspect":{"description":"It could not be read, or was cut from one that could not, while others could. It is tried after all others, and keeps back nothing that changes later.","type":"boolean"},"position":{"description":"Where in this window's list everything before is durable: a cursor that names a position in the data, or a page number. Only a shortcut: refused by the API, the window is read again.","type":["string","integer"]},"parents":{"description":"Parents beyond the position whose children are durable: key → the version that was read.","type":"object","additionalProperties":{"type":["integer","string","number","null"]}}}}}};
const schema3 = {"title":"VanishedRecord","type":"object","additionalProperties":false,"required":["key","time"],"properties":{"key":{"description":"Its primary key as text.","type":"string"},"time":{"description":"When the version that was listed had changed, Unix seconds.","type":"number"},"partition":{"description":"Of which of the manifest's partitions, from 0.","type":"integer","minimum":0},"times":{"description":"How many reads could not find it. Absent: one.","type":"integer","minimum":1},"unread":{"description":"It was not gone: the API failed to give what belongs to it, of these objects. It is looked for until it does.","type":"array","items":{"type":"string"}}}};
const schema1 = {"title":"Reading","description":"A read that was not finished: its windows that are not yet durable to their end.","type":"object","additionalProperties":false,"required":["through","windows"],"properties":{"through":{"description":"What may be claimed when all windows are done.","type":"integer"},"since":{"description":"From where on it may be claimed then. Absent: from the beginning.","type":"integer"},"windowPages":{"description":"About how many pages a window of this read should have: only one that has many more is cut. Absent: no window was cut yet.","type":"integer","minimum":1},"windows":{"type":"array","items":{"$ref":"#/definitions/OpenWindow"}}}};
const schema2 = {"title":"OpenWindow","type":"object","additionalProperties":false,"properties":{"partition":{"description":"Which of the manifest's partitions, from 0.","type":"integer","minimum":0},"after":{"description":"Unix seconds, the bound as asked. Absent: from the beginning.","type":"integer"},"before":{"description":"Unix seconds, the bound as asked. Absent: no upper bound.","type":"integer"},"vanished":{"description":"Keys of records that vanished before, and are wanted once more although their version is claimed.","type":"array","items":{"type":"string"}},"only":{"description":"Nothing but what vanished is wanted of this window.","type":"boolean"},"again":{"description":"Read after all others, for what changed since the read began: a record that changes moves within its list.","type":"boolean"},"suspect":{"description":"It could not be read, or was cut from one that could not, while others could. It is tried after all others, and keeps back nothing that changes later.","type":"boolean"},"position":{"description":"Where in this window's list everything before is durable: a cursor that names a position in the data, or a page number. Only a shortcut: refused by the API, the window is read again.","type":["string","integer"]},"parents":{"description":"Parents beyond the position whose children are durable: key → the version that was read.","type":"object","additionalProperties":{"type":["integer","string","number","null"]}}}};
const func0 = Object.prototype.hasOwnProperty;

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
if(!(func0.call(schema2.properties, key1))){
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
if(data4.vanished !== undefined){
let data8 = data4.vanished;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data8)){
var valid4 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
const _errs22 = errors;
if(typeof data8[i1] !== "string"){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/vanished/" + i1,schemaPath:"#/definitions/OpenWindow/properties/vanished/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs22 === errors;
if(!valid4){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/vanished",schemaPath:"#/definitions/OpenWindow/properties/vanished/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.only !== undefined){
const _errs24 = errors;
if(typeof data4.only !== "boolean"){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/only",schemaPath:"#/definitions/OpenWindow/properties/only/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.again !== undefined){
const _errs26 = errors;
if(typeof data4.again !== "boolean"){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/again",schemaPath:"#/definitions/OpenWindow/properties/again/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.suspect !== undefined){
const _errs28 = errors;
if(typeof data4.suspect !== "boolean"){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/suspect",schemaPath:"#/definitions/OpenWindow/properties/suspect/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.position !== undefined){
let data13 = data4.position;
const _errs30 = errors;
if((typeof data13 !== "string") && (!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13))))){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/position",schemaPath:"#/definitions/OpenWindow/properties/position/type",keyword:"type",params:{type: schema2.properties.position.type}}];
return false;
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.parents !== undefined){
let data14 = data4.parents;
const _errs32 = errors;
if(errors === _errs32){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key2 in data14){
let data15 = data14[key2];
const _errs35 = errors;
if(((typeof data15 !== "string") && (!((typeof data15 == "number") && (isFinite(data15))))) && (data15 !== null)){
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/parents/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/OpenWindow/properties/parents/additionalProperties/type",keyword:"type",params:{type: schema2.properties.parents.additionalProperties.type}}];
return false;
}
var valid5 = _errs35 === errors;
if(!valid5){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/windows/" + i0+"/parents",schemaPath:"#/definitions/OpenWindow/properties/parents/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs32 === errors;
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
if(!((((((key0 === "version") || (key0 === "through")) || (key0 === "since")) || (key0 === "reading")) || (key0 === "vanished")) || (key0 === "replacedAt"))){
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
if(data.vanished !== undefined){
let data4 = data.vanished;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs10 = errors;
const _errs11 = errors;
if(errors === _errs11){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((data5.key === undefined) && (missing1 = "key")) || ((data5.time === undefined) && (missing1 = "time"))){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0,schemaPath:"#/definitions/VanishedRecord/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs13 = errors;
for(const key1 in data5){
if(!(((((key1 === "key") || (key1 === "time")) || (key1 === "partition")) || (key1 === "times")) || (key1 === "unread"))){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0,schemaPath:"#/definitions/VanishedRecord/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs13 === errors){
if(data5.key !== undefined){
const _errs14 = errors;
if(typeof data5.key !== "string"){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/key",schemaPath:"#/definitions/VanishedRecord/properties/key/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.time !== undefined){
let data7 = data5.time;
const _errs16 = errors;
if(!((typeof data7 == "number") && (isFinite(data7)))){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/time",schemaPath:"#/definitions/VanishedRecord/properties/time/type",keyword:"type",params:{type: "number"}}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.partition !== undefined){
let data8 = data5.partition;
const _errs18 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/partition",schemaPath:"#/definitions/VanishedRecord/properties/partition/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/partition",schemaPath:"#/definitions/VanishedRecord/properties/partition/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.times !== undefined){
let data9 = data5.times;
const _errs20 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/times",schemaPath:"#/definitions/VanishedRecord/properties/times/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 1 || isNaN(data9)){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/times",schemaPath:"#/definitions/VanishedRecord/properties/times/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.unread !== undefined){
let data10 = data5.unread;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data10)){
var valid4 = true;
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
const _errs24 = errors;
if(typeof data10[i1] !== "string"){
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/unread/" + i1,schemaPath:"#/definitions/VanishedRecord/properties/unread/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs24 === errors;
if(!valid4){
break;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0+"/unread",schemaPath:"#/definitions/VanishedRecord/properties/unread/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid3 = _errs22 === errors;
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
validate0.errors = [{instancePath:instancePath+"/vanished/" + i0,schemaPath:"#/definitions/VanishedRecord/type",keyword:"type",params:{type: "object"}}];
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
validate0.errors = [{instancePath:instancePath+"/vanished",schemaPath:"#/properties/vanished/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.replacedAt !== undefined){
let data12 = data.replacedAt;
const _errs26 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate0.errors = [{instancePath:instancePath+"/replacedAt",schemaPath:"#/properties/replacedAt/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs26 === errors;
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
}
else {
validate0.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate0.errors = vErrors;
return errors === 0;
}
