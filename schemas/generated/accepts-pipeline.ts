// @ts-nocheck
/* Generated from the JSON Schema of the same name by `npm run generate`. */
function countCharacters(text) {
  let count = 0
  for (const _ of text) count++
  return count
}
export const acceptsPipeline = validate0;
const schema0 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Pipeline","description":"What a person draws: objects of a connection, how they are protected, a destination, a schedule. Canvas positions live beside it.","type":"object","additionalProperties":false,"required":["name","source","objects","destination"],"properties":{"name":{"type":"string","minLength":1,"maxLength":200},"source":{"title":"Source","type":"object","additionalProperties":false,"required":["connector","connection"],"properties":{"connector":{"description":"A connector's name, or the path of a manifest folder, from the document's own.","type":"string","minLength":1},"connection":{"description":"A saved connection's id, or its settings.","oneOf":[{"title":"SavedConnection","type":"string","minLength":1},{"title":"InlineConnection","type":"object","properties":{"region":{"type":"string"},"apiBaseUrl":{"description":"For sandboxes and tests; its host must be the manifest's or allowed by the operator.","type":"string"}},"additionalProperties":{"$ref":"#/definitions/SettingValue"}}]}}},"objects":{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/ObjectChoice"}},"schemaChanges":{"enum":["auto_sync","block"],"default":"auto_sync"},"newFields":{"description":"With auto_sync, what happens to a field that was not known before.","enum":["hash_sensitive","replicate","hash"],"default":"hash_sensitive"},"concurrency":{"description":"At most so many API operations at once.","type":"integer","minimum":1},"schedule":{"title":"Schedule","oneOf":[{"title":"Interval","type":"object","additionalProperties":false,"required":["every"],"properties":{"every":{"description":"A number of m, h or d: 15m to 1d.","type":"string","pattern":"^[1-9][0-9]{0,4}[mhd]$"}}},{"title":"CronSchedule","type":"object","additionalProperties":false,"required":["cron"],"properties":{"cron":{"type":"string","minLength":1},"timezone":{"description":"An IANA name; absent: UTC.","type":"string"}}}]},"destination":{"title":"DestinationChoice","type":"object","additionalProperties":false,"required":["type","connection","schema"],"properties":{"type":{"type":"string","minLength":1},"connection":{"oneOf":[{"type":"string","minLength":1},{"type":"object","additionalProperties":{"$ref":"#/definitions/SettingValue"}}]},"schema":{"description":"The namespace the tables land in.","type":"string","minLength":1,"maxLength":63}}}},"definitions":{"SecretReference":{"title":"SecretReference","description":"A secret is only ever named, never written down.","type":"object","additionalProperties":false,"required":["env"],"properties":{"env":{"description":"The environment variable that holds it.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}}},"SettingValue":{"title":"SettingValue","oneOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"$ref":"#/definitions/SecretReference"}]},"Protection":{"title":"Protection","enum":["replicate","hash","exclude"]},"ObjectChoice":{"title":"ObjectChoice","type":["object","null"],"additionalProperties":false,"properties":{"startAt":{"description":"When first started, pick up records from: a date (midnight UTC) or a date-time.","type":"string"},"fields":{"description":"Path → protection. What is not named is replicated as is.","type":"object","additionalProperties":{"$ref":"#/definitions/Protection"}}}}}};
const func0 = countCharacters;
const schema1 = {"title":"SettingValue","oneOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"$ref":"#/definitions/SecretReference"}]};
const schema2 = {"title":"SecretReference","description":"A secret is only ever named, never written down.","type":"object","additionalProperties":false,"required":["env"],"properties":{"env":{"description":"The environment variable that holds it.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}}};
const pattern0 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(!((typeof data == "number") && (isFinite(data)))){
const err1 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs5 = errors;
if(typeof data !== "boolean"){
const err2 = {instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs5 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.env === undefined) && (missing0 = "env")){
const err3 = {instancePath,schemaPath:"#/definitions/SecretReference/required",keyword:"required",params:{missingProperty: missing0}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
const _errs10 = errors;
for(const key0 in data){
if(!(key0 === "env")){
const err4 = {instancePath,schemaPath:"#/definitions/SecretReference/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
break;
}
}
if(_errs10 === errors){
if(data.env !== undefined){
let data0 = data.env;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err5 = {instancePath:instancePath+"/env",schemaPath:"#/definitions/SecretReference/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/env",schemaPath:"#/definitions/SecretReference/properties/env/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/definitions/SecretReference/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 3];
}
else {
if(_valid0){
valid0 = true;
passing0 = 3;
}
}
}
}
if(!valid0){
const err8 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
validate1.errors = vErrors;
return false;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate1.errors = vErrors;
return errors === 0;
}

const schema3 = {"title":"ObjectChoice","type":["object","null"],"additionalProperties":false,"properties":{"startAt":{"description":"When first started, pick up records from: a date (midnight UTC) or a date-time.","type":"string"},"fields":{"description":"Path → protection. What is not named is replicated as is.","type":"object","additionalProperties":{"$ref":"#/definitions/Protection"}}}};
const schema4 = {"title":"Protection","enum":["replicate","hash","exclude"]};

function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
validate3.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema3.type}}];
return false;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "startAt") || (key0 === "fields"))){
validate3.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.startAt !== undefined){
const _errs2 = errors;
if(typeof data.startAt !== "string"){
validate3.errors = [{instancePath:instancePath+"/startAt",schemaPath:"#/properties/startAt/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fields !== undefined){
let data1 = data.fields;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
let data2 = data1[key1];
const _errs7 = errors;
if(!(((data2 === "replicate") || (data2 === "hash")) || (data2 === "exclude"))){
validate3.errors = [{instancePath:instancePath+"/fields/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/Protection/enum",keyword:"enum",params:{allowedValues: schema4.enum}}];
return false;
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate3.errors = [{instancePath:instancePath+"/fields",schemaPath:"#/properties/fields/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
validate3.errors = vErrors;
return errors === 0;
}

const pattern1 = new RegExp("^[1-9][0-9]{0,4}[mhd]$", "u");

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.name === undefined) && (missing0 = "name")) || ((data.source === undefined) && (missing0 = "source"))) || ((data.objects === undefined) && (missing0 = "objects"))) || ((data.destination === undefined) && (missing0 = "destination"))){
validate0.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "source")) || (key0 === "objects")) || (key0 === "schemaChanges")) || (key0 === "newFields")) || (key0 === "concurrency")) || (key0 === "schedule")) || (key0 === "destination"))){
validate0.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
let data0 = data.name;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(func0(data0) > 200){
validate0.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 200}}];
return false;
}
else {
if(func0(data0) < 1){
validate0.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.source !== undefined){
let data1 = data.source;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((data1.connector === undefined) && (missing1 = "connector")) || ((data1.connection === undefined) && (missing1 = "connection"))){
validate0.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs6 = errors;
for(const key1 in data1){
if(!((key1 === "connector") || (key1 === "connection"))){
validate0.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs6 === errors){
if(data1.connector !== undefined){
let data2 = data1.connector;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data2 === "string"){
if(func0(data2) < 1){
validate0.errors = [{instancePath:instancePath+"/source/connector",schemaPath:"#/properties/source/properties/connector/minLength",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
else {
validate0.errors = [{instancePath:instancePath+"/source/connector",schemaPath:"#/properties/source/properties/connector/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.connection !== undefined){
let data3 = data1.connection;
const _errs9 = errors;
const _errs10 = errors;
let valid2 = false;
let passing0 = null;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data3 === "string"){
if(func0(data3) < 1){
const err0 = {instancePath:instancePath+"/source/connection",schemaPath:"#/properties/source/properties/connection/oneOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/source/connection",schemaPath:"#/properties/source/properties/connection/oneOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs11 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs13 = errors;
if(errors === _errs13){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
const _errs15 = errors;
for(const key2 in data3){
if(!((key2 === "region") || (key2 === "apiBaseUrl"))){
const _errs16 = errors;
if(!(validate1(data3[key2], {instancePath:instancePath+"/source/connection/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data3,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
if(_errs15 === errors){
if(data3.region !== undefined){
const _errs17 = errors;
if(typeof data3.region !== "string"){
const err2 = {instancePath:instancePath+"/source/connection/region",schemaPath:"#/properties/source/properties/connection/oneOf/1/properties/region/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var valid4 = _errs17 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data3.apiBaseUrl !== undefined){
const _errs19 = errors;
if(typeof data3.apiBaseUrl !== "string"){
const err3 = {instancePath:instancePath+"/source/connection/apiBaseUrl",schemaPath:"#/properties/source/properties/connection/oneOf/1/properties/apiBaseUrl/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var valid4 = _errs19 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
const err4 = {instancePath:instancePath+"/source/connection",schemaPath:"#/properties/source/properties/connection/oneOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs13 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err5 = {instancePath:instancePath+"/source/connection",schemaPath:"#/properties/source/properties/connection/oneOf",keyword:"oneOf",params:{passingSchemas: passing0}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
validate0.errors = vErrors;
return false;
}
else {
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.objects !== undefined){
let data7 = data.objects;
const _errs21 = errors;
if(errors === _errs21){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
validate0.errors = [{instancePath:instancePath+"/objects",schemaPath:"#/properties/objects/minProperties",keyword:"minProperties",params:{limit: 1}}];
return false;
}
else {
for(const key3 in data7){
const _errs24 = errors;
if(!(validate3(data7[key3], {instancePath:instancePath+"/objects/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key3,rootData}))){
vErrors = vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
errors = vErrors.length;
}
var valid5 = _errs24 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/objects",schemaPath:"#/properties/objects/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schemaChanges !== undefined){
let data9 = data.schemaChanges;
const _errs25 = errors;
if(!((data9 === "auto_sync") || (data9 === "block"))){
validate0.errors = [{instancePath:instancePath+"/schemaChanges",schemaPath:"#/properties/schemaChanges/enum",keyword:"enum",params:{allowedValues: schema0.properties.schemaChanges.enum}}];
return false;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.newFields !== undefined){
let data10 = data.newFields;
const _errs26 = errors;
if(!(((data10 === "hash_sensitive") || (data10 === "replicate")) || (data10 === "hash"))){
validate0.errors = [{instancePath:instancePath+"/newFields",schemaPath:"#/properties/newFields/enum",keyword:"enum",params:{allowedValues: schema0.properties.newFields.enum}}];
return false;
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.concurrency !== undefined){
let data11 = data.concurrency;
const _errs27 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate0.errors = [{instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs27){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 1 || isNaN(data11)){
validate0.errors = [{instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schedule !== undefined){
let data12 = data.schedule;
const _errs29 = errors;
const _errs30 = errors;
let valid6 = false;
let passing1 = null;
const _errs31 = errors;
if(errors === _errs31){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if((data12.every === undefined) && (missing2 = "every")){
const err6 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/0/required",keyword:"required",params:{missingProperty: missing2}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
const _errs33 = errors;
for(const key4 in data12){
if(!(key4 === "every")){
const err7 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
break;
}
}
if(_errs33 === errors){
if(data12.every !== undefined){
let data13 = data12.every;
const _errs34 = errors;
if(errors === _errs34){
if(typeof data13 === "string"){
if(!pattern1.test(data13)){
const err8 = {instancePath:instancePath+"/schedule/every",schemaPath:"#/properties/schedule/oneOf/0/properties/every/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,4}[mhd]$"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/schedule/every",schemaPath:"#/properties/schedule/oneOf/0/properties/every/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
}
}
else {
const err10 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/0/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid1 = _errs31 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
}
const _errs36 = errors;
if(errors === _errs36){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing3;
if((data12.cron === undefined) && (missing3 = "cron")){
const err11 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/1/required",keyword:"required",params:{missingProperty: missing3}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
const _errs38 = errors;
for(const key5 in data12){
if(!((key5 === "cron") || (key5 === "timezone"))){
const err12 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break;
}
}
if(_errs38 === errors){
if(data12.cron !== undefined){
let data14 = data12.cron;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data14 === "string"){
if(func0(data14) < 1){
const err13 = {instancePath:instancePath+"/schedule/cron",schemaPath:"#/properties/schedule/oneOf/1/properties/cron/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/schedule/cron",schemaPath:"#/properties/schedule/oneOf/1/properties/cron/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid8 = _errs39 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.timezone !== undefined){
const _errs41 = errors;
if(typeof data12.timezone !== "string"){
const err15 = {instancePath:instancePath+"/schedule/timezone",schemaPath:"#/properties/schedule/oneOf/1/properties/timezone/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid8 = _errs41 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid1 = _errs36 === errors;
if(_valid1 && valid6){
valid6 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid6 = true;
passing1 = 1;
}
}
if(!valid6){
const err17 = {instancePath:instancePath+"/schedule",schemaPath:"#/properties/schedule/oneOf",keyword:"oneOf",params:{passingSchemas: passing1}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
validate0.errors = vErrors;
return false;
}
else {
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destination !== undefined){
let data16 = data.destination;
const _errs43 = errors;
if(errors === _errs43){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing4;
if((((data16.type === undefined) && (missing4 = "type")) || ((data16.connection === undefined) && (missing4 = "connection"))) || ((data16.schema === undefined) && (missing4 = "schema"))){
validate0.errors = [{instancePath:instancePath+"/destination",schemaPath:"#/properties/destination/required",keyword:"required",params:{missingProperty: missing4}}];
return false;
}
else {
const _errs45 = errors;
for(const key6 in data16){
if(!(((key6 === "type") || (key6 === "connection")) || (key6 === "schema"))){
validate0.errors = [{instancePath:instancePath+"/destination",schemaPath:"#/properties/destination/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}}];
return false;
break;
}
}
if(_errs45 === errors){
if(data16.type !== undefined){
let data17 = data16.type;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data17 === "string"){
if(func0(data17) < 1){
validate0.errors = [{instancePath:instancePath+"/destination/type",schemaPath:"#/properties/destination/properties/type/minLength",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
else {
validate0.errors = [{instancePath:instancePath+"/destination/type",schemaPath:"#/properties/destination/properties/type/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid9 = _errs46 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data16.connection !== undefined){
let data18 = data16.connection;
const _errs48 = errors;
const _errs49 = errors;
let valid10 = false;
let passing2 = null;
const _errs50 = errors;
if(errors === _errs50){
if(typeof data18 === "string"){
if(func0(data18) < 1){
const err18 = {instancePath:instancePath+"/destination/connection",schemaPath:"#/properties/destination/properties/connection/oneOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/destination/connection",schemaPath:"#/properties/destination/properties/connection/oneOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
var _valid2 = _errs50 === errors;
if(_valid2){
valid10 = true;
passing2 = 0;
}
const _errs52 = errors;
if(errors === _errs52){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key7 in data18){
const _errs55 = errors;
if(!(validate1(data18[key7], {instancePath:instancePath+"/destination/connection/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data18,parentDataProperty:key7,rootData}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
var valid11 = _errs55 === errors;
if(!valid11){
break;
}
}
}
else {
const err20 = {instancePath:instancePath+"/destination/connection",schemaPath:"#/properties/destination/properties/connection/oneOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
var _valid2 = _errs52 === errors;
if(_valid2 && valid10){
valid10 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid10 = true;
passing2 = 1;
}
}
if(!valid10){
const err21 = {instancePath:instancePath+"/destination/connection",schemaPath:"#/properties/destination/properties/connection/oneOf",keyword:"oneOf",params:{passingSchemas: passing2}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
validate0.errors = vErrors;
return false;
}
else {
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
}
var valid9 = _errs48 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data16.schema !== undefined){
let data20 = data16.schema;
const _errs56 = errors;
if(errors === _errs56){
if(typeof data20 === "string"){
if(func0(data20) > 63){
validate0.errors = [{instancePath:instancePath+"/destination/schema",schemaPath:"#/properties/destination/properties/schema/maxLength",keyword:"maxLength",params:{limit: 63}}];
return false;
}
else {
if(func0(data20) < 1){
validate0.errors = [{instancePath:instancePath+"/destination/schema",schemaPath:"#/properties/destination/properties/schema/minLength",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/destination/schema",schemaPath:"#/properties/destination/properties/schema/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid9 = _errs56 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/destination",schemaPath:"#/properties/destination/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs43 === errors;
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
