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
 * A model on its way through the job, with one type for each stage: announced ({@code ModelUpdate}), verified
 * ({@link io.clearline.job.model.ModelFiles}), prepared ({@link io.clearline.job.model.PreparedModel}), scheduled and
 * in use ({@link io.clearline.job.model.Takeover} in a {@link io.clearline.job.model.ModelTimeline}), and retired
 * (removed from the timeline). Its files are in an {@link io.clearline.job.model.ArtifactStore}, and state refers to it
 * by its {@link io.clearline.job.model.ModelPin}.
 */
package io.clearline.job.model;
