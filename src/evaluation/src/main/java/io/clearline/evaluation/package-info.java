/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
/**
 * Objective measures of enhanced speech (SDR, SI-SDR, STOI), calibration of the SDR estimate, and the reports and
 * charts that present them. Signals are float arrays at full scale 1 that are aligned to the sample.
 */
package io.clearline.evaluation;
